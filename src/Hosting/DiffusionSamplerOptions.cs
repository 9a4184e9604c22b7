using Diffusion.Sampling;

namespace Diffusion.Hosting;

/// <summary>How the sampler of a host is loaded.</summary>
public sealed record DiffusionSamplerOptions
{
    /// <summary>Gets the path of the .onnx file: a network or a compiled sampler.</summary>
    public required string Model { get; init; }

    /// <summary>Gets how to load a network; by default as <see cref="ModelOptions"/> has it. A compiled sampler is loaded the same
    /// way.</summary>
    public ModelOptions? Loading { get; init; }
}
