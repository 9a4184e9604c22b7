using Diffusion.Training.Networks;

namespace Diffusion.Training;

/// <summary>What a training run leaves. Disposing it disposes the network.</summary>
/// <param name="Network">The network with the moving average of the weights.</param>
/// <param name="Losses">The ε-MSE of every iteration.</param>
public sealed record TrainingResult(EpsilonMlp Network, IReadOnlyList<float> Losses) : IDisposable
{
    /// <summary>The share of the run, at its end, that <see cref="FinalLoss"/> is the mean of: one batch alone says little.</summary>
    private const double FinalShare = 0.1;

    /// <summary>The mean ε-MSE over the last tenth of the run.</summary>
    public double FinalLoss => Losses.Skip((int)(Losses.Count * (1 - FinalShare))).Average();

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
