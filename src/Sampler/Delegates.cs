using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>Computes ε̂ at samples <paramref name="x"/>, <c>[n, Size]</c>, of a noise level.</summary>
public delegate void NoisePrediction<T>(ReadOnlySpan<T> x, NoiseLevel level, Span<T> epsilon);

/// <summary>Fills <paramref name="z"/>, <c>[n, Size]</c>, with the standard normal noise of row <paramref name="row"/>.</summary>
public delegate void NoiseSource<T>(int row, Span<T> z);
