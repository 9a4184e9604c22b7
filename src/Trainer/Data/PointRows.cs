using System.Globalization;
using Diffusion.Codecs;
using Diffusion.Data.Splits;
using Diffusion.Data.Tables;
using Diffusion.Points;

namespace Diffusion.Training.Data;

/// <summary>A user's own rows, made fit for a network.</summary>
internal static class PointRows
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
            ColumnsOption = request.ColumnsOption,
            HeaderOption = request.HeaderOption,
        });
        NumericTable rows = content.Table;
        if (rows.Count < 2)
        {
            throw new DiffusionException($"'{path}' has 1 row; at least 2 rows are required.");
        }

        int[] learned = [.. Enumerable.Range(0, rows.Width).Where(column => !IsConstant(rows, column))];
        if (learned.Length == 0)
        {
            throw new DiffusionException($"'{path}' has the same values in every row; there is nothing to learn.");
        }

        if (learned.Length > MostColumns)
        {
            throw new DiffusionException(
                $"'{path}' has {learned.Length} columns; at most {MostColumns} can be learned. "
                    + $"Choose some of them{With(request.ColumnsOption)}.");
        }

        (double Mean, double Deviation)[] moments = [.. learned.Select(column => MomentsOf(rows, column))];
        for (int k = 0; k < learned.Length; k++)
        {
            RequireRange(path, rows, learned[k], moments[k]);
        }

        ConstantColumn[] constants =
        [
            .. Enumerable.Range(0, rows.Width).Except(learned)
                .Select(column => new ConstantColumn { Position = column, Name = rows.Columns?[column], Value = rows[0][column] }),
        ];
        DataInfo info = new()
        {
            Name = Path.GetFileNameWithoutExtension(path),
            File = Path.GetFileName(path),
            FileSha256 = content.Sha256,
            Dimension = learned.Length,
            Columns = rows.Columns is { } names ? [.. learned.Select(column => names[column])] : null,
            Shift = [.. moments.Select(column => column.Mean)],
            Scale = [.. moments.Select(column => column.Deviation)],
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
        return (info, PointSet.FromSamples(DataUnits.Standardize(info, rows)), remarks);
    }

    private static string With(string? option) => option is null ? "" : $" with {option}";

    /// <summary>Whether all numbers of a column are equal. A deviation of 0 does not say so: the squares of small numbers are 0.</summary>
    private static bool IsConstant(NumericTable rows, int column)
        => Enumerable.Range(1, rows.Count - 1).All(row => rows[row][column] == rows[0][column]);

    /// <summary>Mean and standard deviation of a column, computed from the differences to the first row, which keep their digits where the
    /// numbers are large, and in units of a power of two near the largest number, so that no sum or square is beyond double precision.
    /// </summary>
    private static (double Mean, double Deviation) MomentsOf(NumericTable rows, int column)
    {
        int exponent = Math.ILogB(Enumerable.Range(0, rows.Count).Max(row => Math.Abs(rows[row][column])));
        double first = Math.ScaleB(rows[0][column], -exponent);
        double sum = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            sum += Math.ScaleB(rows[row][column], -exponent) - first;
        }

        double difference = sum / rows.Count;
        double squares = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double deviation = Math.ScaleB(rows[row][column], -exponent) - first - difference;
            squares += deviation * deviation;
        }

        return (Math.ScaleB(first + difference, exponent), Math.ScaleB(Math.Sqrt(squares / rows.Count), exponent));
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
}
