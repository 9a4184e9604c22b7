using Diffusion.Training.Networks;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>A batch as a network learns from it.</summary>
/// <param name="Noisy">x_t, <c>[n, …shape]</c>.</param>
/// <param name="Clean">x₀, <c>[n, Size]</c>.</param>
/// <param name="Noise">ε, <c>[n, Size]</c>.</param>
/// <param name="Indices">The indices i, int64 <c>[n]</c>.</param>
/// <param name="Conditions">The conditions.</param>
/// <param name="Target">What the network should give, ε, v or x₀, <c>[n, Size]</c>.</param>
/// <param name="Weights">How much the error of each sample counts, <c>[n, 1]</c>.</param>
public sealed record TrainingTensors(
    Tensor Noisy, Tensor Clean, Tensor Noise, Tensor Indices, TensorConditions Conditions, Tensor Target, Tensor Weights);
