namespace Diffusion.CommandLine;

/// <summary>What was measured is not as the user requires.</summary>
/// <param name="message">What was required, and what was found.</param>
public sealed class NotAsRequiredException(string message) : Exception(message);
