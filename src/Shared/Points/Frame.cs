namespace Diffusion.Points;

/// <summary>All points at one moment of the reverse process.</summary>
/// <param name="Step">The number of steps done, from 0 (the prior) to the number of steps (the samples).</param>
/// <param name="Timestep">The index i of the moment, from T−1 down to −1, the clean end; fractions are allowed.</param>
/// <param name="AlphaBar">ᾱ at that index, 1 at the clean end.</param>
/// <param name="Points">The points, <c>[n, d]</c>, in the units of the data.</param>
public sealed record Frame(int Step, double Timestep, double AlphaBar, PointSet Points);
