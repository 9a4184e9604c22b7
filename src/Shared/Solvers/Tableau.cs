using System.Collections.Immutable;
using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>A solver on a schedule and a grid, written out as numbers: one row per evaluation of the network.</summary>
public sealed class Tableau : IEquatable<Tableau>
{
    /// <summary>Checks the rows and keeps them.</summary>
    /// <exception cref="ArgumentException">
    /// A number is not finite, a row looks back too far, the last row does not end a step, or it adds noise to clean data.
    /// </exception>
    public Tableau(IEnumerable<TableauRow> rows)
    {
        Rows = [.. rows];
        if (Rows.IsEmpty || !Rows[^1].EndsStep || (Rows[^1].S != 0 && Rows[^1].NextLevel.IsClean))
        {
            throw new ArgumentException(
                "A tableau must have at least 1 row, and its last row must end a step and add no noise to clean data.", nameof(rows));
        }

        for (int r = 0; r < Rows.Length; r++)
        {
            TableauRow row = Rows[r];
            if (!row.Numbers.All(double.IsFinite))
            {
                throw new ArgumentException(
                    Invariant($"Row {r} of the tableau, at timestep {row.Level.Timestep:g6}, has a number that is not finite."),
                    nameof(rows));
            }

            if (row.C.Length < 1 || row.C.Length > Math.Min(r + 1, TableauRow.LongestHistory))
            {
                int most = Math.Min(r + 1, TableauRow.LongestHistory);
                throw new ArgumentException(
                    Invariant($"Row {r} of the tableau must use between 1 and {most} evaluations; was {row.C.Length}."), nameof(rows));
            }
        }

        Steps = Rows.Count(row => row.EndsStep);
        HistoryLength = Rows.Max(row => row.C.Length);
        IsDeterministic = Rows.All(row => row.S == 0);
    }

    /// <summary>The rows, from noise to data.</summary>
    public ImmutableArray<TableauRow> Rows { get; }

    /// <summary>The number of steps; a step has one row or more.</summary>
    public int Steps { get; }

    /// <summary>How many evaluations the rows look back on at most, the newest included.</summary>
    public int HistoryLength { get; }

    /// <summary>Whether no row adds noise.</summary>
    public bool IsDeterministic { get; }

    /// <summary>Gets the noise level of the first evaluation, where sampling starts from the prior.</summary>
    public NoiseLevel Start => Rows[0].Level;

    /// <summary>Gets the noise level at which each step begins, and last the one at which all of them end.</summary>
    public IEnumerable<NoiseLevel> StepLevels => [Start, .. Rows.Where(row => row.EndsStep).Select(row => row.NextLevel)];

    /// <summary>
    /// Creates a tableau with one row per step: <paramref name="row"/> is called with the noise level of each index of the grid and that
    /// of the next one; the last step ends at <see cref="NoiseSchedule.Final"/>.
    /// </summary>
    public static Tableau OneRowPerStep(
        NoiseSchedule schedule, IReadOnlyList<double> timesteps, Func<NoiseLevel, NoiseLevel, TableauRow> row)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(timesteps);
        ArgumentNullException.ThrowIfNull(row);
        return new Tableau(StepPairs.Pair(schedule, timesteps).Select(step => row(step.From, step.To)));
    }

    /// <inheritdoc/>
    public bool Equals(Tableau? other) => other is not null && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tableau);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows.Length, Rows[0], Rows[^1]);
}
