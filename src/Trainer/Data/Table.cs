using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Sampling;

namespace Diffusion.Training.Data;

/// <summary>A user's own rows, made fit for a network.</summary>
internal static class Table
{
    /// <summary>The largest number of columns: a small network learns no more.</summary>
    public const int MostColumns = 64;

    /// <summary>
    /// The scale of a column that is always c is this share of |c|, far below what float32 resolves, and of 1e-60 where c is 0:
    /// whatever the network makes of the column, the value c comes back.
    /// </summary>
    private const double ConstantScale = 1e-12;
    private const double SmallestMagnitude = 1e-60;

    /// <summary>Reads a file and gives every column mean 0 and standard deviation 1.</summary>
    /// <returns>What the rows are, the rows in the units of the network, and what is to be said about them.</returns>
    /// <exception cref="DiffusionException">The file is not usable, or there is nothing in it to learn.</exception>
    public static (DataInfo Info, PointSet Rows, IReadOnlyList<string> Remarks) Read(string path, ColumnChoice? columns)
    {
        PointSet rows = PointFile.Read(path, columns);
        if (rows.Dimension > MostColumns)
        {
            throw new DiffusionException($"'{path}' has {rows.Dimension} columns; at most {MostColumns} can be learned. Choose some with --columns.");
        }

        if (rows.Count < 2)
        {
            throw new DiffusionException($"'{path}' has one row; there must be at least 2 to learn from.");
        }

        (double Mean, double Deviation)[] moments = [.. Enumerable.Range(0, rows.Dimension).Select(column => MomentsOf(rows, column))];
        int[] constant = [.. Enumerable.Range(0, rows.Dimension).Where(column => moments[column].Deviation == 0)];
        if (constant.Length == rows.Dimension)
        {
            throw new DiffusionException($"'{path}' has the same values in every row; there is nothing to learn.");
        }

        DataInfo info = new()
        {
            Name = Path.GetFileNameWithoutExtension(path),
            File = Path.GetFileName(path),
            FileSha256 = Hash(path),
            Dimension = rows.Dimension,
            Columns = rows.Columns,
            Shift = [.. moments.Select(column => column.Mean)],
            Scale = [.. moments.Select(column => column.Deviation > 0 ? column.Deviation : ConstantScale * Math.Max(Math.Abs(column.Mean), SmallestMagnitude))],
        };
        string[] remarks = [.. constant.Select(column => $"Column {rows.Columns?[column] ?? $"{column + 1}"} is always {rows[0][column]}, and will be in the samples."), .. Repetitions(rows)];
        return (info, DataUnits.Standardize(info, rows), remarks);
    }

    /// <summary>Mean and standard deviation of a column; of a constant one exactly the constant and 0.</summary>
    private static (double Mean, double Deviation) MomentsOf(PointSet rows, int column)
    {
        double[] values = [.. Enumerable.Range(0, rows.Count).Select(i => (double)rows[i][column])];
        if (values.Min() == values.Max())
        {
            return (values[0], 0);
        }

        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    private static IEnumerable<string> Repetitions(PointSet rows)
    {
        int different = Enumerable.Range(0, rows.Count).Select(i => Convert.ToHexString(MemoryMarshal.AsBytes(rows[i]))).Distinct().Count();
        return different == rows.Count ? [] : [$"{rows.Count - different} of {rows.Count} rows repeat others; each counts as often as it is there."];
    }

    private static string Hash(string path)
    {
        using FileStream stream = InputFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
