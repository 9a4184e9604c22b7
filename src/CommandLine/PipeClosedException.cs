namespace Diffusion.CommandLine;

/// <summary>Nobody reads the output any more: a reason to end, and none to complain.</summary>
public sealed class PipeClosedException(Exception inner) : Exception("The output pipe is closed.", inner);
