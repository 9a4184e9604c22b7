namespace Diffusion.Solvers;

/// <summary>The variable in which a Runge–Kutta method integrates the probability-flow ODE.</summary>
public enum OdeForm
{
    /// <summary>The noise level σ: see <see cref="SigmaOde"/>.</summary>
    Sigma,

    /// <summary>The timestep, the lab's own formulation: see <see cref="TimeOde"/>.</summary>
    Time,
}
