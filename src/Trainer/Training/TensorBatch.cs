using Diffusion.Training.Networks;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>A batch as a network takes it.</summary>
/// <param name="Noisy">x_t, <c>[n, …shape]</c>.</param>
/// <param name="Indices">The indices i, int64 <c>[n]</c>.</param>
/// <param name="Conditions">The conditions.</param>
/// <param name="Target">What the network should give, <c>[n, Size]</c>.</param>
/// <param name="Weights">How much the squared error of each sample counts, <c>[n, 1]</c>.</param>
internal sealed record TensorBatch(Tensor Noisy, Tensor Indices, TensorConditions Conditions, Tensor Target, Tensor Weights)
{
    /// <summary>Computes the weighted mean squared error of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="levels">What it is told of noise levels.</param>
    /// <returns>A scalar, in the current scope.</returns>
    public Tensor LossOf(Network network, LevelTable levels)
    {
        Tensor predicted = network.Predict(Noisy, levels.At(network, Indices), Conditions);
        return (nn.functional.mse_loss(predicted.flatten(1), Target, nn.Reduction.None) * Weights).mean();
    }
}
