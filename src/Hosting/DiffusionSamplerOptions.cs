using Diffusion.Sampling;

namespace Diffusion.Hosting;

/// <summary>How the sampler of a host is loaded.</summary>
public sealed record DiffusionSamplerOptions
{
    /// <summary>Gets the path of the .onnx file: a network or a compiled sampler.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the options for loading the file, which may be a network or a compiled sampler; if null, the defaults of
    /// <see cref="ModelOptions"/>.</summary>
    public ModelOptions? Loading { get; init; }
}
