namespace Diffusion.Rendering.Figures;

/// <summary>How the error of a solver falls with the work.</summary>
/// <param name="Name">The name of the solver.</param>
/// <param name="Points">The network evaluations of a run and its error, which is above 0; at least one run.</param>
public sealed record ConvergenceLine(string Name, IReadOnlyList<(int Evaluations, double Error)> Points);
