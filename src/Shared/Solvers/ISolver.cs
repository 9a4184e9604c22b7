using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// A rule that turns a schedule and a grid of timesteps into a <see cref="Tableau"/>. Solvers are immutable and know no network.
/// </summary>
public interface ISolver
{
    /// <summary>The name on the command line and in pictures.</summary>
    string Name { get; }

    /// <summary>Gets the settings that differ from the usual ones. With them, <see cref="KnownSolvers"/> makes the same solver
    /// again.</summary>
    SolverSettings Settings => SolverSettings.Usual;

    /// <summary>The grid used where none is asked for.</summary>
    TimestepGrid DefaultGrid { get; }

    /// <summary>The number of steps used where none is asked for.</summary>
    /// <param name="schedule">The schedule of the model.</param>
    int DefaultSteps(NoiseSchedule schedule);

    /// <summary>Writes the solver out as rows.</summary>
    /// <param name="schedule">The schedule of the model.</param>
    /// <param name="timesteps">Indices within 0 … T−1, strictly descending, fractions allowed; the clean end is implied.</param>
    Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps);
}
