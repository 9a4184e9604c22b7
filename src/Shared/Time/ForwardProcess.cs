using System.Numerics.Tensors;

namespace Diffusion.Time;

/// <summary>The forward process x_t = √ᾱ·x₀ + √(1−ᾱ)·ε (Ho et al. 2020, Eq. 4).</summary>
public static class ForwardProcess
{
    /// <summary>√ᾱ, the factor of the data.</summary>
    public static double SignalScale(double alphaBar) => Math.Sqrt(alphaBar);

    /// <summary>√(1−ᾱ), the factor of the noise.</summary>
    public static double NoiseScale(double alphaBar) => Math.Sqrt(1 - alphaBar);

    /// <summary>σ = √((1−ᾱ)/ᾱ), the noise relative to the data.</summary>
    public static double Sigma(double alphaBar) => Math.Sqrt((1 - alphaBar) / alphaBar);

    /// <summary>ᾱ = 1/(1 + σ²), the inverse of <see cref="Sigma"/>.</summary>
    public static double AlphaBar(double sigma) => 1 / (1 + (sigma * sigma));

    /// <summary>The factors in x̂₀ = x/√ᾱ − σ·ε̂, the clean data that a noise prediction amounts to (Ho et al. 2020, Eq. 15).</summary>
    /// <param name="alphaBar">ᾱ, in (0, 1].</param>
    public static (double OfX, double OfEpsilon) CleanData(double alphaBar) => (1 / SignalScale(alphaBar), -Sigma(alphaBar));

    /// <summary>
    /// The factors in x − ε̂/√(1−ᾱ), the direction in which the probability-flow ODE carries x towards the data (Song et al.
    /// 2021, Eq. 13, with the score −ε̂/√(1−ᾱ) and without the factor ½β).
    /// </summary>
    /// <param name="alphaBar">ᾱ, in [0, 1).</param>
    public static (double OfX, double OfEpsilon) Flow(double alphaBar) => (1, -1 / NoiseScale(alphaBar));

    /// <summary>Effectively computes <c>destination[i] = √ᾱ · clean[i] + √(1−ᾱ) · noise[i]</c>.</summary>
    /// <param name="clean">x₀, <c>[n, d]</c>.</param>
    /// <param name="noise">ε, <c>[n, d]</c>, standard normal.</param>
    /// <param name="alphaBar">ᾱ, in [0, 1].</param>
    /// <param name="destination">x_t, <c>[n, d]</c>.</param>
    public static void AddNoise(ReadOnlySpan<float> clean, ReadOnlySpan<float> noise, double alphaBar, Span<float> destination)
    {
        TensorPrimitives.Multiply(clean, (float)SignalScale(alphaBar), destination);
        TensorPrimitives.MultiplyAdd(noise, (float)NoiseScale(alphaBar), destination, destination);
    }
}
