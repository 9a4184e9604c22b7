using System.Numerics.Tensors;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>How alike a pair of columns hangs together in two tables.</summary>
/// <param name="First">The name of one column.</param>
/// <param name="Second">The name of the other column.</param>
/// <param name="Score">From 0 to 1, where the two are alike.</param>
public sealed record PairScore(string First, string Second, double Score);

/// <summary>How alike the columns of two tables hang together ("Column Pair Trends" of SDMetrics).</summary>
/// <param name="Pairs">The score of each pair of columns, from 0 to 1: 1 − |ρ − ρ′|/2 for the correlations ρ of numbers or dates,
/// and 1 − TV of the joint shares where one of them is a category; the other is cut into 10 parts of the range of its real
/// numbers.</param>
public sealed record PairTrends(IReadOnlyList<PairScore> Pairs)
{
    /// <summary>As in SDMetrics.</summary>
    private const int Parts = 10;

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
        int[][][] parts = [.. columns.Select(PartsOf)];
        PairScore[] scores =
        [
            .. from i in Enumerable.Range(0, columns.Count)
               from j in Enumerable.Range(i + 1, columns.Count - i - 1)
               select new PairScore(
                   columns[i].Name,
                   columns[j].Name,
                   columns[i].IsCategory || columns[j].IsCategory
                       ? 1 - Distributions.TotalVariation([.. parts[i][0].Zip(parts[j][0])], [.. parts[i][1].Zip(parts[j][1])])
                       : 1 - (Math.Abs(Correlation(columns[i], columns[j], 0) - Correlation(columns[i], columns[j], 1)) / 2)),
        ];
        return new PairTrends(scores);
    }

    /// <summary>The correlation of Pearson over the rows that have both cells, from −1 to 1; 0 if a column is constant there.</summary>
    private static double Correlation(MatchedColumn first, MatchedColumn second, int table)
    {
        (double X, double Y)[] both =
            [.. first.Values[table].Zip(second.Values[table]).Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second))];
        double[] x = Centred(Array.ConvertAll(both, pair => pair.X));
        double[] y = Centred(Array.ConvertAll(both, pair => pair.Y));
        double correlation = TensorPrimitives.Dot<double>(x, y) / (TensorPrimitives.Norm<double>(x) * TensorPrimitives.Norm<double>(y));
        return double.IsNaN(correlation) ? 0 : correlation;
    }

    private static double[] Centred(double[] values)
    {
        double mean = values.DefaultIfEmpty().Average();
        return Array.ConvertAll(values, value => value - mean);
    }

    /// <summary>The part of each cell in each table, <c>[2][n]</c>; −1 where it is missing.</summary>
    private static int[][] PartsOf(MatchedColumn column)
    {
        double[] real = [.. column.Values[0].Where(value => !double.IsNaN(value)).DefaultIfEmpty()];
        (double least, double width) = column.IsCategory ? (0, 1) : (real.Min(), (real.Max() - real.Min()) / Parts);
        double last = column.IsCategory ? int.MaxValue : Parts - 1;
        return Array.ConvertAll(
            column.Values,
            values => Array.ConvertAll(
                values, value => double.IsNaN(value) ? -1 : (int)Math.Clamp((value - least) / width, 0, last)));
    }
}
