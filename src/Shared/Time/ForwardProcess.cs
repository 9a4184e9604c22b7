using System.Numerics.Tensors;

namespace Diffusion.Time;

/// <summary>The forward process x_t = √ᾱ·x₀ + √(1−ᾱ)·ε (Ho et al. 2020, Eq. 4), and what follows from it.</summary>
public static class ForwardProcess
{
    /// <summary>The factors in x̂₀ = x/√ᾱ − σ·ε̂, the clean data that a noise prediction amounts to (Ho et al. 2020, Eq.
    /// 15).</summary>
    /// <param name="level">The noise level of x.</param>
    public static (double OfX, double OfEpsilon) CleanData(NoiseLevel level) => (1 / level.Signal, -level.Sigma);

    /// <summary>
    /// The factors in x − ε̂/√(1−ᾱ), the direction in which the probability-flow ODE carries x towards the data (Song et al.
    /// 2021, Eq. 13, with the score −ε̂/√(1−ᾱ) and without the factor ½β).
    /// </summary>
    /// <param name="level">The noise level of x, which is not clean.</param>
    public static (double OfX, double OfEpsilon) Flow(NoiseLevel level) => (1, -1 / level.Noise);

    /// <summary>Effectively computes <c>destination[i] = √ᾱ · clean[i] + √(1−ᾱ) · noise[i]</c>.</summary>
    /// <param name="clean">x₀, <c>[n, Size]</c>.</param>
    /// <param name="noise">ε, <c>[n, Size]</c>, standard normal.</param>
    /// <param name="level">The noise level to reach.</param>
    /// <param name="destination">x_t, <c>[n, Size]</c>; may be the memory of <paramref name="clean"/>.</param>
    public static void AddNoise(ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, NoiseLevel level, Span<float> destination)
    {
        TensorPrimitives.Multiply(clean, (float)level.Signal, destination);
        TensorPrimitives.MultiplyAdd(noise, (float)level.Noise, destination, destination);
    }

    /// <summary>ᾱ = 1/(1 + σ²).</summary>
    internal static double AlphaBar(double sigma) => 1 / (1 + (sigma * sigma));
}
