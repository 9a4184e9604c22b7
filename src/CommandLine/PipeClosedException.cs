namespace Diffusion.CommandLine;

/// <summary>Nobody reads the output any more: a reason to end, and none to complain.</summary>
public sealed class PipeClosedException(Exception inner) : Exception("The reader of the output has ended.", inner);
