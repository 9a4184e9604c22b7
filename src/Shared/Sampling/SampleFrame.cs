using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>All samples at one moment of the reverse process.</summary>
/// <param name="Step">The number of steps done, from 0 (the prior) to the number of steps (the samples).</param>
/// <param name="Level">The noise level of the moment.</param>
/// <param name="Samples">The samples, <c>[n, Size]</c>.</param>
public sealed record SampleFrame(int Step, NoiseLevel Level, SampleBatch Samples);
