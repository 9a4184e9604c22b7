using System.Numerics;
using System.Runtime.InteropServices;

namespace Diffusion.Evaluation.Tables;

/// <summary>
/// Rows as points: a number is its rank among those of the first table, and whether it is missing; categories are equal or not.
/// </summary>
internal sealed class RowSpace
{
    private const float RankScale = 1.7f;
    private const float MissingScale = 0.7f;

    /// <summary>The rank of a missing number.</summary>
    private const double MiddleRank = 0.5;

    /// <summary>The code of a missing category.</summary>
    private const float MissingCategory = -1;

    /// <summary>Rows whose distances are computed at a time; their cells stay in the cache of a core.</summary>
    private const int BlockLength = 4096;

    /// <summary>The coordinates of the rows of each table, <c>[t][n]</c>.</summary>
    private readonly List<(bool IsCategory, float[][] Values)> _axes = [];

    /// <summary>Lays out the rows of tables.</summary>
    public RowSpace(IReadOnlyList<MatchedColumn> columns)
    {
        foreach (MatchedColumn column in columns)
        {
            if (column.IsCategory)
            {
                Add(column, isCategory: true, code => double.IsNaN(code) ? MissingCategory : (float)code);
                continue;
            }

            double[] sorted = [.. column.Values[0].Where(value => !double.IsNaN(value)).Order()];
            Add(column, isCategory: false, value => RankScale * (float)(double.IsNaN(value) ? MiddleRank : Rank(sorted, value)));
            if (Array.Exists(column.Values, values => Array.Exists(values, double.IsNaN)))
            {
                Add(column, isCategory: false, value => double.IsNaN(value) ? MissingScale : 0);
            }
        }
    }

    /// <summary>The distance of rows of one table to the nearest among rows of another.</summary>
    /// <param name="table">The number of the one table.</param>
    /// <param name="rows">Its rows, <c>[m]</c>.</param>
    /// <param name="other">The number of the other table.</param>
    /// <param name="otherRows">Its rows, <c>[n]</c>.</param>
    /// <returns>The distances, <c>[m]</c>.</returns>
    public double[] ToNearest(int table, int[] rows, int other, int[] otherRows)
    {
        double[] nearest = [.. Enumerable.Repeat(double.PositiveInfinity, rows.Length)];
        foreach (int[] block in otherRows.Chunk(BlockLength))
        {
            // Vectors are filled up with a row that is there already.
            int padded = (block.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            int[] filled = [.. block, .. Enumerable.Repeat(block[^1], padded - block.Length)];
            float[][] cells = [.. _axes.Select(axis => Array.ConvertAll(filled, row => axis.Values[other][row]))];
            Parallel.For(0, rows.Length, () => new Vector<float>[padded / Vector<float>.Count], (i, _, squares) =>
            {
                Array.Clear(squares);
                for (int axis = 0; axis < cells.Length; axis++)
                {
                    AddSquares(_axes[axis].IsCategory, _axes[axis].Values[table][rows[i]], cells[axis], squares);
                }

                nearest[i] = Math.Min(nearest[i], Math.Sqrt(Least(squares)));
                return squares;
            }, _ => { });
        }

        return nearest;
    }

    private static void AddSquares(bool isCategory, float value, float[] cells, Vector<float>[] squares)
    {
        Vector<float> own = new(value);
        ReadOnlySpan<Vector<float>> others = MemoryMarshal.Cast<float, Vector<float>>(cells);
        for (int i = 0; i < squares.Length; i++)
        {
            Vector<float> difference = others[i] - own;
            squares[i] += isCategory
                ? Vector.ConditionalSelect(Vector.Equals(others[i], own), Vector<float>.Zero, Vector<float>.One)
                : difference * difference;
        }
    }

    private static float Least(Vector<float>[] squares)
    {
        Vector<float> least = squares[0];
        foreach (Vector<float> square in squares)
        {
            least = Vector.Min(least, square);
        }

        float result = float.PositiveInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            result = Math.Min(result, least[lane]);
        }

        return result;
    }

    private void Add(MatchedColumn column, bool isCategory, Func<double, float> coordinate)
        => _axes.Add((isCategory, Array.ConvertAll(column.Values, values => Array.ConvertAll(values, value => coordinate(value)))));

    /// <summary>The share of numbers below a value, and half of those equal to it: from 0 to 1.</summary>
    private static double Rank(double[] sorted, double value)
    {
        int below = CountBelow(sorted, value);
        int upTo = CountBelow(sorted, Math.BitIncrement(value));
        return (below + upTo) / (2.0 * Math.Max(sorted.Length, 1));
    }

    /// <summary>The number of sorted values below a limit.</summary>
    private static int CountBelow(double[] sorted, double limit)
    {
        (int first, int end) = (0, sorted.Length);
        while (first < end)
        {
            int middle = (first + end) / 2;
            (first, end) = sorted[middle] < limit ? (middle + 1, end) : (first, middle);
        }

        return first;
    }
}
