using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>Turns what a network predicts, v or x₀, into the noise ε that solvers work with.</summary>
/// <param name="network">The network.</param>
/// <param name="schedule">The schedule it was trained with.</param>
/// <param name="prediction">What it predicts.</param>
public sealed class PredictionTypeAdapter(INoisePredictor network, NoiseSchedule schedule, PredictionType prediction) : INoisePredictor, IDisposable
{
    /// <inheritdoc/>
    public int Dimension => network.Dimension;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        network.Predict(x, timestep, epsilon);
        (double ofX, double ofOutput) = prediction.Noise(schedule.AlphaBarAt(timestep));
        for (int i = 0; i < epsilon.Length; i++)
        {
            epsilon[i] = (float)((ofX * x[i]) + (ofOutput * epsilon[i]));
        }
    }

    /// <summary>Disposes the network where it can be disposed.</summary>
    public void Dispose() => (network as IDisposable)?.Dispose();
}
