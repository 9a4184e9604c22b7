using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>The network that has learned data N(m, s²) in every coordinate, in closed form.</summary>
internal sealed class GaussianPredictor(NoiseSchedule schedule, int dimension, double deviation, double mean = 0) : INoisePredictor
{
    public int Dimension => dimension;

    public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        double[] points = Array.ConvertAll(x.ToArray(), value => (double)value);
        double[] noise = new double[points.Length];
        ExactPredictors.Gaussian(schedule, mean, deviation)(points, timestep, noise);
        Array.ConvertAll(noise, value => (float)value).CopyTo(epsilon);
    }
}
