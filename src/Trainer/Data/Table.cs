using System.Globalization;
using System.Security.Cryptography;
using Diffusion.CommandLine;
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

    /// <summary>Between these deviations a model gives numbers that float32 can hold.</summary>
    private const double SmallestDeviation = 1e-30, LargestDeviation = 1e30;

    /// <summary>Reads a file and gives every column mean 0 and standard deviation 1. A column that is always the same goes into the
    /// card.</summary>
    /// <returns>What the rows are, the learned columns in the units of the network, and what is to be said about them.</returns>
    /// <exception cref="DiffusionException">The file is not usable, or there is nothing in it to learn.</exception>
    public static (DataInfo Info, PointSet Rows, IReadOnlyList<string> Remarks) Read(DataRequest request)
    {
        string path = request.Name;
        TableContent content = PointFile.ReadTable(path, new TableReading
        {
            Columns = request.Columns ?? ColumnChoice.All,
            HasHeader = request.HasHeader,
            ColumnsOption = ColumnOption.Name,
            HeaderOption = HeaderOption.Name,
        });
        NumericTable rows = content.Table;
        if (rows.Count < 2)
        {
            throw new DiffusionException($"'{path}' has 1 row; at least 2 rows are required.");
        }

        (double Mean, double Deviation)[] moments = [.. Enumerable.Range(0, rows.Width).Select(column => MomentsOf(rows, column))];
        int[] learned = [.. Enumerable.Range(0, rows.Width).Where(column => moments[column].Deviation != 0)];
        if (learned.Length == 0)
        {
            throw new DiffusionException($"'{path}' has the same values in every row; there is nothing to learn.");
        }

        if (learned.Length > MostColumns)
        {
            throw new DiffusionException(
                $"'{path}' has {learned.Length} columns; at most {MostColumns} can be learned. Choose some with {ColumnOption.Name}.");
        }

        foreach (int column in learned)
        {
            RequireRange(path, rows, column, moments[column]);
        }

        ConstantColumn[] constants =
        [
            .. Enumerable.Range(0, rows.Width).Except(learned)
                .Select(column => new ConstantColumn { Position = column, Name = rows.Columns?[column], Value = moments[column].Mean }),
        ];
        DataInfo info = new()
        {
            Name = Path.GetFileNameWithoutExtension(path),
            File = Path.GetFileName(path),
            FileSha256 = Hash(path),
            Dimension = learned.Length,
            Columns = rows.Columns is { } names ? [.. learned.Select(column => names[column])] : null,
            Shift = [.. learned.Select(column => moments[column].Mean)],
            Scale = [.. learned.Select(column => moments[column].Deviation)],
            Constants = constants.Length > 0 ? constants : null,
        };
        string[] remarks =
        [
            .. content.Remarks,
            .. constants.Select(constant => string.Create(
                CultureInfo.InvariantCulture,
                $"Column {rows.NameOf(constant.Position)} is always {constant.Value}; it is not learned, but added to the samples.")),
            .. Repetitions(rows),
        ];
        return (info, DataUnits.Standardize(info, rows), remarks);
    }

    /// <summary>Mean and standard deviation of a column; of a constant one exactly the constant and 0. Both are computed from the
    /// differences to the first row, which keep their digits where the numbers are large.</summary>
    private static (double Mean, double Deviation) MomentsOf(NumericTable rows, int column)
    {
        double first = rows[0][column];
        (double sum, bool isConstant) = (0, true);
        for (int row = 0; row < rows.Count; row++)
        {
            sum += rows[row][column] - first;
            isConstant &= rows[row][column] == first;
        }

        if (isConstant)
        {
            return (first, 0);
        }

        double difference = sum / rows.Count;
        double squares = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double deviation = rows[row][column] - first - difference;
            squares += deviation * deviation;
        }

        return (first + difference, Math.Sqrt(squares / rows.Count));
    }

    private static void RequireRange(string path, NumericTable rows, int column, (double Mean, double Deviation) moments)
    {
        if (moments.Deviation is not (>= SmallestDeviation and <= LargestDeviation) || !(Math.Abs(moments.Mean) <= LargestDeviation))
        {
            throw new DiffusionException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{path}', column {rows.NameOf(column)}: the mean must be between -{LargestDeviation} and {LargestDeviation} "
                    + $"and the standard deviation between {SmallestDeviation} and {LargestDeviation}; "
                    + $"found {moments.Mean:g3} and {moments.Deviation:g3}. Scale the column."));
        }
    }

    private static IEnumerable<string> Repetitions(NumericTable rows)
    {
        int different = EqualRows.FindFirst(rows.AsMemory(), rows.Width).Where((first, row) => first == row).Count();
        return different == rows.Count
            ? []
            : [$"{rows.Count - different} of {rows.Count} rows are duplicates; each row is used as often as it occurs."];
    }

    private static string Hash(string path)
    {
        using FileStream stream = InputFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
