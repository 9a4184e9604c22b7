using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>How samples are drawn: a solver with all its settings, written out for a noise schedule. Built once, used for many
/// jobs.</summary>
public sealed record SamplingPlan
{
    internal SamplingPlan(string solver, SolverSettings settings, Tableau tableau)
        => (Solver, Settings, Tableau) = (solver, settings, tableau);

    /// <summary>Gets the name of the solver.</summary>
    public string Solver { get; }

    /// <summary>Gets the settings of the solver that differ from the usual ones.</summary>
    public SolverSettings Settings { get; }

    /// <summary>Gets the solver written out as numbers.</summary>
    public Tableau Tableau { get; }

    /// <summary>Gets the solver with its settings, such as "ddim η=0.5" or "heun in t".</summary>
    public string Label => Invariant($"{Solver} {Settings}").TrimEnd();

    /// <summary>Gets the solver, its settings and the number of steps, such as "ddim η=0.5, 20 steps".</summary>
    public string Caption => Invariant($"{Label}, {Tableau.Steps} steps");

    /// <summary>Writes a solver out for a noise schedule.</summary>
    /// <param name="schedule">The noise schedule of the model.</param>
    /// <param name="solver">The solver; by default <see cref="KnownSolvers.Default"/>.</param>
    /// <param name="steps">The number of steps, from 1 to T; by default as it suits the solver.</param>
    /// <param name="grid">How the steps are spread; by default as the model's configuration says, or as it suits the solver.</param>
    /// <exception cref="DiffusionException">The number of steps is out of range.</exception>
    public static SamplingPlan Create(NoiseSchedule schedule, ISolver? solver = null, int? steps = null, TimestepGrid? grid = null)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        solver ??= KnownSolvers.Default;
        TimestepGrid spread = grid ?? schedule.Grid ?? solver.DefaultGrid;
        return At(schedule, solver, spread.Create(schedule, steps ?? solver.DefaultSteps(schedule)));
    }

    /// <summary>Writes a solver out for a noise schedule, with steps that begin at given timesteps.</summary>
    /// <param name="schedule">The noise schedule of the model.</param>
    /// <param name="solver">The solver.</param>
    /// <param name="timesteps">Indices within 0 … T−1, descending, fractions allowed.</param>
    /// <exception cref="DiffusionException">A timestep is out of range or does not descend.</exception>
    public static SamplingPlan At(NoiseSchedule schedule, ISolver solver, IReadOnlyList<double> timesteps)
    {
        ArgumentNullException.ThrowIfNull(solver);
        Tableau tableau = solver.Build(schedule, TimestepGrid.Validate(schedule, timesteps));
        return new SamplingPlan(solver.Name, solver.Settings, tableau);
    }

    /// <summary>Checks that the plan was made for a noise schedule.</summary>
    /// <exception cref="DiffusionException">The noise levels at its timesteps are others.</exception>
    internal void Require(NoiseSchedule schedule)
    {
        foreach (NoiseLevel level in Tableau.Rows.Select(row => row.Level))
        {
            if (!schedule.Has(level.Timestep, level.AlphaBar))
            {
                throw new DiffusionException(
                    $"The plan was made for another noise schedule, with ᾱ = {level.AlphaBar:g6} at the timestep {level.Timestep}. "
                        + $"Create it for the schedule of the model's card.");
            }
        }
    }
}
