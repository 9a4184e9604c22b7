using Diffusion.Data.BuiltIn;
using Diffusion.Sampling;

namespace Diffusion.Tests.Support;

/// <summary>Noise predictions in closed form.</summary>
internal static class ExactPredictors
{
    /// <summary>All data lie at one point: ε̂ = (x − √ᾱ·m)/√(1−ᾱ).</summary>
    public static NoisePrediction<double> PointMass(params double[] point) => (x, level, epsilon) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            epsilon[i] = (x[i] - (level.Signal * point[i % point.Length])) / level.Noise;
        }
    };

    /// <summary>The data are N(m, s²) in every coordinate: ε̂ = √(1−ᾱ)·(x − √ᾱ·m)/(ᾱ·s² + 1 − ᾱ).</summary>
    public static NoisePrediction<double> Gaussian(double mean, double deviation) => (x, level, epsilon) =>
    {
        double variance = (level.AlphaBar * deviation * deviation) + 1 - level.AlphaBar;
        for (int i = 0; i < x.Length; i++)
        {
            epsilon[i] = level.Noise * (x[i] - (level.Signal * mean)) / variance;
        }
    };

    /// <summary>The data are a Gaussian mixture.</summary>
    public static NoisePrediction<double> Mixture(GaussianMixture mixture) => mixture.PredictEpsilon;
}
