using System.Collections.Immutable;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>A <see cref="TableauRow"/> as a compiled file carries it, with ᾱ beside each timestep for programs that have no noise
/// schedule.</summary>
public sealed record SolverRow
{
    /// <summary>Gets the index i at which the network is asked; fractions are allowed.</summary>
    public required double Timestep { get; init; }

    /// <summary>Gets the index that x has reached after the row.</summary>
    public required double NextTimestep { get; init; }

    /// <summary>Gets ᾱ at <see cref="Timestep"/>; null in files of version 1.</summary>
    public double? AlphaBar { get; init; }

    /// <summary>Gets ᾱ at <see cref="NextTimestep"/>; null in files of version 1.</summary>
    public double? NextAlphaBar { get; init; }

    /// <summary>Gets the factor of x in d.</summary>
    public double P { get; init; }

    /// <summary>Gets the factor of ε̂ in d.</summary>
    public double Q { get; init; } = 1;

    /// <summary>Gets the factor of the step's first x.</summary>
    public required double A { get; init; }

    /// <summary>Gets the factors of the history, newest first.</summary>
    public required ImmutableArray<double> C { get; init; }

    /// <summary>Gets the standard deviation of the fresh noise.</summary>
    public double S { get; init; }

    /// <summary>Gets a value indicating whether the row ends a step.</summary>
    public bool EndsStep { get; init; } = true;

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    public static SolverRow From(TableauRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new()
        {
            Timestep = row.Level.Timestep,
            NextTimestep = row.NextLevel.Timestep,
            AlphaBar = row.Level.AlphaBar,
            NextAlphaBar = row.NextLevel.AlphaBar,
            P = row.P,
            Q = row.Q,
            A = row.A,
            C = row.C,
            S = row.S,
            EndsStep = row.EndsStep,
        };
    }

    /// <summary>Reads the row for a noise schedule.</summary>
    /// <param name="schedule">The noise schedule of the same file.</param>
    /// <exception cref="DiffusionException">A timestep is out of range, or its ᾱ is not that of the schedule.</exception>
    public TableauRow ToRow(NoiseSchedule schedule) => new()
    {
        Level = LevelAt(schedule, Timestep, AlphaBar),
        NextLevel = LevelAt(schedule, NextTimestep, NextAlphaBar),
        P = P,
        Q = Q,
        A = A,
        C = C,
        S = S,
        EndsStep = EndsStep,
    };

    private static NoiseLevel LevelAt(NoiseSchedule schedule, double timestep, double? alphaBar)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (!(timestep >= NoiseSchedule.CleanIndex && timestep < schedule.TrainTimesteps))
        {
            throw new DiffusionException(
                $"The timestep of a row must be between {NoiseSchedule.CleanIndex} and {schedule.TrainTimesteps - 1}; was {timestep}.");
        }

        NoiseLevel level = schedule.At(timestep);
        return alphaBar is null || schedule.Has(timestep, alphaBar.Value)
            ? level
            : throw new DiffusionException(
                $"ᾱ at timestep {timestep} must be {level.AlphaBar:g9}, as the noise schedule says; was {alphaBar:g9}.");
    }
}
