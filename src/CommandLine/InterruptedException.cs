namespace Diffusion.CommandLine;

/// <summary>Ctrl-C was pressed, and there is more to say about it than that.</summary>
/// <param name="message">What was kept, and how to go on.</param>
public sealed class InterruptedException(string message) : OperationCanceledException(message);
