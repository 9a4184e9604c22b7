using Diffusion.Solvers;

namespace Diffusion.Onnx.Compiling;

/// <summary>What a compiled sampler is made for.</summary>
public sealed record CompileOptions
{
    /// <summary>The name of the solver, which the file carries.</summary>
    public required string Solver { get; init; }

    /// <summary>Gets the settings that the solver was made with, which the file carries; null for the usual ones.</summary>
    public SolverSettings? Settings { get; init; }

    /// <summary>Whether the file has a second output with the points after every step.</summary>
    public bool Trajectory { get; init; }

    /// <summary>Gets the bound of the predicted clean data, in the units of the network; by default as the model's card says.</summary>
    public double? Clip { get; init; }
}
