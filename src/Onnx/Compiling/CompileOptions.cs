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

    /// <summary>Where the predicted clean data are clipped, in the units of the network; null means nowhere.</summary>
    public double? Clip { get; init; }
}
