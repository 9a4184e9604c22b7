using System.Runtime.InteropServices;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>Rows that repeat rows of another table.</summary>
public static class RowCopies
{
    /// <summary>The share of rows all of whose cells are those of a training row, from 0 to 1.</summary>
    /// <param name="training">The training rows, at least one.</param>
    /// <param name="rows">The rows to look at, at least one.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static double Share(Table training, Table rows)
    {
        IReadOnlyList<MatchedColumn> columns = MatchedColumn.Of(null, training, rows);
        HashSet<double[]> known = new(Enumerable.Range(0, training.Count).Select(Row(0)), new SameCells());
        return (double)Enumerable.Range(0, rows.Count).Select(Row(1)).Count(known.Contains) / rows.Count;

        // Adding 0 makes one of the two zeros; missing cells share one NaN.
        Func<int, double[]> Row(int table) => row
            => [.. columns.Select(column => column.Values[table][row]).Select(cell => double.IsNaN(cell) ? double.NaN : cell + 0.0)];
    }

    private sealed class SameCells : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] obj)
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
