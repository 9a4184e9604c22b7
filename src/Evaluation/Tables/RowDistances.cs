using Diffusion.Randomness;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>
/// How far rows are from the nearest training row. A difference of ranks, from 0 to 1 within the training rows, counts 1.7 times,
/// different categories count 1, and a number that only one row has counts 0.7; the squares add up.
/// </summary>
/// <param name="Median">The median distance, at least 0.</param>
/// <param name="Near">The distance below which 5 % of the rows lie, at least 0.</param>
public sealed record RowDistances(double Median, double Near)
{
    /// <summary>The largest number of rows that distances are measured from; of more, as many are chosen at random.</summary>
    public const int MostRows = 10_000;

    /// <summary>The largest number of rows that distances are measured to; of more, as many are chosen at random.</summary>
    public const int MostTrainingRows = 50_000;

    private const double NearShare = 0.05;

    /// <summary>Rows are chosen independently from each table: copies may stand in the same order.</summary>
    private const uint OfTraining = 0, OfHoldOut = 1, OfRows = 2;

    /// <summary>Measures the distances of rows to training rows.</summary>
    /// <param name="training">The training rows, at least one.</param>
    /// <param name="rows">The rows to measure, at least one.</param>
    /// <param name="seed">Chooses rows where there are too many.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static RowDistances Of(Table training, Table rows, ulong seed, IReadOnlySet<string>? categories = null)
    {
        IReadOnlyList<MatchedColumn> columns = MatchedColumn.Of(categories, training, rows);
        RowSpace space = new(columns);
        double[] distances = space.ToNearest(
            1, Some(rows.Count, MostRows, seed, OfRows), 0, Some(training.Count, MostTrainingRows, seed, OfTraining));
        Array.Sort(distances);
        return new RowDistances(Quantiles.Linear(distances, 0.5), Quantiles.Linear(distances, NearShare));
    }

    /// <summary>
    /// The share of rows that are nearer to a training row than to any of equally many held-out rows, from 0 to 1: about 0.5 where
    /// the rows do not repeat what they were trained on. Equal distances count half.
    /// </summary>
    /// <param name="training">The training rows, at least one.</param>
    /// <param name="holdOut">Rows that were not trained on, at least one.</param>
    /// <param name="rows">The rows to measure, at least one.</param>
    /// <param name="seed">Chooses rows where there are too many.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static double NearerToTraining(
        Table training, Table holdOut, Table rows, ulong seed, IReadOnlySet<string>? categories = null)
    {
        RowSpace space = new(MatchedColumn.Of(categories, training, holdOut, rows));
        int count = Math.Min(Math.Min(training.Count, holdOut.Count), MostTrainingRows);
        int[] chosen = Some(rows.Count, MostRows, seed, OfRows);
        double[] toTraining = space.ToNearest(2, chosen, 0, Some(training.Count, count, seed, OfTraining));
        double[] toHoldOut = space.ToNearest(2, chosen, 1, Some(holdOut.Count, count, seed, OfHoldOut));
        return toTraining.Zip(toHoldOut, (near, other) => near < other ? 1 : near == other ? 0.5 : 0).Average();
    }

    private static int[] Some(int count, int most, ulong seed, uint stream)
        => Permutation.Of(count, seed, RandomDomain.Choice, stream)[..Math.Min(count, most)];
}
