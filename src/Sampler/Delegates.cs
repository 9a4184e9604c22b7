namespace Diffusion.Sampling;

/// <summary>Computes ε̂ at points <paramref name="x"/>, <c>[n, d]</c>, for the index <paramref name="timestep"/>.</summary>
public delegate void NoisePrediction<T>(ReadOnlySpan<T> x, double timestep, Span<T> epsilon);

/// <summary>Fills <paramref name="z"/>, <c>[n, d]</c>, with the standard normal noise of row <paramref name="row"/>.</summary>
public delegate void NoiseSource<T>(int row, Span<T> z);
