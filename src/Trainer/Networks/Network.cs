using Diffusion.Denoising;
using static TorchSharp.torch;

namespace Diffusion.Training.Networks;

/// <summary>A network that predicts, from a noisy sample and its noise level, what its <see cref="Signature"/> says.</summary>
/// <param name="name">The name of the module.</param>
public abstract class Network(string name) : nn.Module(name)
{
    /// <summary>Gets what the network takes and gives.</summary>
    public abstract DenoiserSignature Signature { get; }

    /// <summary>Computes all that depends on the noise level alone.</summary>
    /// <param name="timestep">The indices i, fractions allowed, float32 <c>[m]</c>.</param>
    /// <returns>What <see cref="Predict"/> is told of each level, <c>[m, L]</c>.</returns>
    public abstract Tensor Level(Tensor timestep);

    /// <summary>Predicts.</summary>
    /// <param name="sample">The noisy samples, <c>[n, …shape]</c>.</param>
    /// <param name="level">Their noise levels from <see cref="Level"/>, <c>[n, L]</c> or, for one level of all, <c>[1, L]</c>.</param>
    /// <param name="conditions">Their conditions.</param>
    /// <returns>The prediction, <c>[n, …shape]</c>.</returns>
    public abstract Tensor Predict(Tensor sample, Tensor level, TensorConditions conditions);
}
