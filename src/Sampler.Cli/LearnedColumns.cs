using Diffusion.Codecs;
using Diffusion.Points;

namespace Diffusion.Cli;

/// <summary>The columns of a table that a model has learned, which are the ones to draw.</summary>
internal static class LearnedColumns
{
    /// <summary>Makes points of the rows of a table, without the constants.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="table">All columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <param name="most">The largest number of rows to take.</param>
    /// <returns>The points in the units of the data, <c>[n, d]</c>.</returns>
    /// <exception cref="DiffusionException">A number is beyond float32.</exception>
    public static PointSet ToPoints(DataInfo data, NumericTable table, int most = int.MaxValue)
    {
        int[] columns = table.Width == data.Dimension ? [.. Enumerable.Range(0, table.Width)] : data.LearnedPositions();
        int count = Math.Min(most, table.Count);
        double[] values = [.. from row in Enumerable.Range(0, count) from column in columns select table[row][column]];
        return new NumericTable(values, columns.Length, data.Columns).ToPoints(data.Name);
    }
}
