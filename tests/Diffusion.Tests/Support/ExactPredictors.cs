using Diffusion.Data.BuiltIn;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>Noise predictions in closed form.</summary>
internal static class ExactPredictors
{
    /// <summary>All data lie at one point: ε̂ = (x − √ᾱ·m)/√(1−ᾱ).</summary>
    public static NoisePrediction<double> PointMass(NoiseSchedule schedule, params double[] point) => (x, timestep, epsilon) =>
    {
        double alphaBar = schedule.AlphaBarAt(timestep);
        for (int i = 0; i < x.Length; i++)
        {
            epsilon[i] = (x[i] - (ForwardProcess.SignalScale(alphaBar) * point[i % point.Length])) / ForwardProcess.NoiseScale(alphaBar);
        }
    };

    /// <summary>The data are N(m, s²) in every coordinate: ε̂ = √(1−ᾱ)·(x − √ᾱ·m)/(ᾱ·s² + 1 − ᾱ).</summary>
    public static NoisePrediction<double> Gaussian(NoiseSchedule schedule, double mean, double deviation) => (x, timestep, epsilon) =>
    {
        double alphaBar = schedule.AlphaBarAt(timestep);
        double variance = (alphaBar * deviation * deviation) + 1 - alphaBar;
        for (int i = 0; i < x.Length; i++)
        {
            epsilon[i] = ForwardProcess.NoiseScale(alphaBar) * (x[i] - (ForwardProcess.SignalScale(alphaBar) * mean)) / variance;
        }
    };

    /// <summary>The data are a Gaussian mixture.</summary>
    public static NoisePrediction<double> Mixture(NoiseSchedule schedule, GaussianMixture mixture)
        => (x, timestep, epsilon) => mixture.PredictEpsilon(x, schedule.AlphaBarAt(timestep), epsilon);
}
