namespace Diffusion.Solvers;

/// <summary>What may be said about a solver on a command line. A value of null was not said.</summary>
public sealed record SolverSettings
{
    /// <summary>η of <see cref="Ddim"/>, from 0 to 1.</summary>
    public double? Eta { get; init; }

    /// <summary>The variance of <see cref="Ddpm"/>.</summary>
    public DdpmVariance? Variance { get; init; }

    /// <summary>The variable of a Runge–Kutta method.</summary>
    public OdeForm? Ode { get; init; }
}
