using Diffusion.Time;

namespace Diffusion.Points;

/// <summary>All points at one moment of the reverse process.</summary>
/// <param name="Step">The number of steps done, from 0 (the prior) to the number of steps (the samples).</param>
/// <param name="Level">The noise level of the moment.</param>
/// <param name="Points">The points, <c>[n, d]</c>, in the units of the data.</param>
public sealed record Frame(int Step, NoiseLevel Level, PointSet Points);
