using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Sampling;

namespace Diffusion.Tests.Support;

/// <summary>A network that is a function of the samples and their noise level.</summary>
internal sealed class ClosedForm(int dimension, NoisePrediction<float> predict) : IDenoiser
{
    public DenoiserSignature Signature { get; init; } = new(SampleShape.Vector(dimension));

    /// <summary>The same, computed in double precision.</summary>
    public static ClosedForm InDouble(int dimension, NoisePrediction<double> predict) => new(dimension, (x, level, epsilon) =>
    {
        double[] samples = Array.ConvertAll(x.ToArray(), value => (double)value);
        double[] predicted = new double[samples.Length];
        predict(samples, level, predicted);
        Array.ConvertAll(predicted, value => (float)value).CopyTo(epsilon);
    });

    public void Predict(in DenoiserCall input, Span<float> output) => predict(input.X, input.Level, output);
}
