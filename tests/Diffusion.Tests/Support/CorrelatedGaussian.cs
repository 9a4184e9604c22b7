using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Support;

/// <summary>
/// The network that has learned N(0, s²·I + c·u·uᵀ), in closed form: u is the direction in which all coordinates are
/// equal, so that every two of them are correlated. Noisy points have the covariance a·I + b·u·uᵀ with a = ᾱ·s² + 1 − ᾱ, b = ᾱ·c.
/// </summary>
internal sealed class CorrelatedGaussian(int dimension, double variance, double common) : IDenoiser
{
    public DenoiserSignature Signature { get; } = new(SampleShape.Vector(dimension));

    public ModelCard Card
        => new() { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = "correlated", Dimension = dimension } };

    /// <summary>ε̂ = √(1−ᾱ)·(a·I + b·u·uᵀ)⁻¹·x, by Sherman and Morrison.</summary>
    public void Predict(in DenoiserCall input, Span<float> output)
    {
        ReadOnlySpan<float> x = input.X;
        double alphaBar = input.Level.AlphaBar;
        (double a, double b) = ((alphaBar * variance) + 1 - alphaBar, alphaBar * common);
        for (int first = 0; first < x.Length; first += dimension)
        {
            double along = b / (a + b) * Sum(x.Slice(first, dimension)) / dimension;
            for (int i = first; i < first + dimension; i++)
            {
                output[i] = (float)(input.Level.Noise * (x[i] - along) / a);
            }
        }
    }

    public double LogDensity(ReadOnlySpan<float> x)
    {
        double square = 0;
        foreach (float value in x)
        {
            square += (double)value * value;
        }

        double along = Sum(x) * Sum(x) / dimension;
        return -0.5 * ((dimension * Math.Log(Math.Tau)) + ((dimension - 1) * Math.Log(variance)) + Math.Log(variance + common)
            + ((square - (common / (variance + common) * along)) / variance));
    }

    public PointSet Draw(int count, ulong seed)
    {
        PhiloxNormal normal = new(seed, RandomDomain.Data);
        float[] values = new float[count * dimension];
        float[] shared = new float[count];
        normal.Fill(0, 0, values);
        normal.Fill(1, 0, shared);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((Math.Sqrt(variance) * values[i]) + (Math.Sqrt(common / dimension) * shared[i / dimension]));
        }

        return new PointSet(values, dimension);
    }

    private static double Sum(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += value;
        }

        return sum;
    }
}
