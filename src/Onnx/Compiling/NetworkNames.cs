using Diffusion.Cards;

namespace Diffusion.Onnx.Compiling;

/// <summary>What a network calls its inputs and its output.</summary>
public sealed record NetworkNames
{
    /// <summary>The noisy points, float32 <c>[n, d]</c>.</summary>
    public string Sample { get; init; } = NetworkInputs.Sample;

    /// <summary>The index i: float32 or int64, a scalar, <c>[1]</c> or <c>[n]</c>.</summary>
    public string Timestep { get; init; } = NetworkInputs.Timestep;

    /// <summary>The prediction, float32 <c>[n, d]</c>; null where the network has but one output, which is then meant.</summary>
    public string? Output { get; init; }
}
