using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>How alike the relation of a pair of columns is in two tables.</summary>
/// <param name="First">The name of one column.</param>
/// <param name="Second">The name of the other column.</param>
/// <param name="Score">From 0 to 1, where the two are alike.</param>
public sealed record PairScore(string First, string Second, double Score);

/// <summary>How alike the relations of columns are in two tables ("Column Pair Trends" of SDMetrics).</summary>
/// <param name="Pairs">The score of each pair of columns, from 0 to 1: 1 − |ρ − ρ′|/2 for the correlations ρ of numbers or dates,
/// and 1 − TV of the joint shares where one of them is a category; the other is cut into 10 parts of the range of its real
/// numbers.</param>
public sealed record PairTrends(IReadOnlyList<PairScore> Pairs)
{
    /// <summary>Gets the mean score of the pairs, from 0 to 1; 1 if there is only one column.</summary>
    public double Mean => Pairs.Select(pair => pair.Score).DefaultIfEmpty(1).Average();

    /// <summary>Compares two tables of the same columns.</summary>
    /// <param name="real">The real rows, at least one.</param>
    /// <param name="synthetic">The rows to compare with them, at least one.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static PairTrends Of(Table real, Table synthetic, IReadOnlySet<string>? categories = null)
    {
        IReadOnlyList<MatchedColumn> columns = MatchedColumn.Of(categories, real, synthetic);
        int[][][] parts = [.. columns.Select(column => column.ToParts())];
        PairScore[] scores =
        [
            .. from i in Enumerable.Range(0, columns.Count)
               from j in Enumerable.Range(i + 1, columns.Count - i - 1)
               select new PairScore(
                   columns[i].Name,
                   columns[j].Name,
                   columns[i].IsCategory || columns[j].IsCategory
                       ? 1 - Distributions.TotalVariation([.. parts[i][0].Zip(parts[j][0])], [.. parts[i][1].Zip(parts[j][1])])
                       : 1 - (Math.Abs(Correlated(i, j, table: 0) - Correlated(i, j, table: 1)) / 2)),
        ];
        return new PairTrends(scores);

        double Correlated(int i, int j, int table) => Correlation.Pearson(columns[i].Values[table], columns[j].Values[table]);
    }
}
