using Diffusion.Points;

namespace Diffusion.Rendering;

/// <summary>A run from noise to data, to be shown.</summary>
/// <param name="Caption">What it is called, such as the solver and its steps.</param>
/// <param name="Frames">The moments of the run that are kept, the prior first and the samples last; at least two.</param>
public sealed record ReverseRun(string Caption, IReadOnlyList<Frame> Frames);
