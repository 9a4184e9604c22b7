namespace Diffusion.Evaluation;

/// <summary>The excess error over a range of noise levels.</summary>
/// <param name="First">The first index i of the range.</param>
/// <param name="Last">The last index i of the range.</param>
/// <param name="Mean">The mean excess error per coordinate.</param>
public sealed record ExcessErrorLevel(int First, int Last, double Mean);
