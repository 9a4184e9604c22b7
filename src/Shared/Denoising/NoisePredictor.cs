namespace Diffusion.Denoising;

/// <summary>Turns what a network predicts, v or x₀, into the noise ε that solvers work with.</summary>
/// <param name="network">The network; its signature says what it predicts.</param>
public sealed class NoisePredictor(IDenoiser network) : IDenoiser
{
    /// <inheritdoc/>
    public DenoiserSignature Signature { get; } = network.Signature with { Prediction = PredictionType.Epsilon };

    /// <inheritdoc/>
    public void Predict(in DenoiserCall input, Span<float> output)
    {
        network.Predict(input, output);
        (double ofX, double ofOutput) = network.Signature.Prediction.Noise(input.Level);
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (float)((ofX * input.X[i]) + (ofOutput * output[i]));
        }
    }
}
