
namespace Diffusion.Onnx.Compiling;

/// <summary>What a compiled sampler is made for.</summary>
public sealed record CompileOptions
{
    /// <summary>Whether the file has a second output with the points after every step.</summary>
    public bool Trajectory { get; init; }

    /// <summary>Gets the columns of a table whose cells can be given, each by two inputs of the file; none by default.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Gets the bound of the predicted clean data, in the units of the network; by default as the model's card says.</summary>
    public double? Clip { get; init; }
}
