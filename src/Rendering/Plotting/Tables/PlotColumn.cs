using Diffusion.Points;
using Diffusion.Tables;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>A column of some tables along an axis from 0 to 1: numbers by their range, categories by bands of equal width.</summary>
internal sealed class PlotColumn
{
    /// <summary>A range is at least this share of the distance from 0: nothing finer is told apart.</summary>
    private const double SmallestShare = 1e-5;

    private PlotColumn(string name, PlotTick[] ticks, double[][] places, int[][]? codes)
    {
        (Name, Ticks, Places, Codes) = (name, ticks, places, codes);
        Missing = codes is null ? Array.ConvertAll(places, shares => (double)shares.Count(double.IsNaN) / Math.Max(1, shares.Length)) : [];
    }

    /// <summary>Gets the name of the column.</summary>
    public string Name { get; }

    /// <summary>Gets the labels along the axis: numbers, or the category of each band.</summary>
    public IReadOnlyList<PlotTick> Ticks { get; }

    /// <summary>Gets where each cell of each table is, <c>[t][n]</c>; NaN where a number is missing. A number far off the others may be
    /// below 0 or above 1.</summary>
    public double[][] Places { get; }

    /// <summary>Gets the band of each cell of each table, <c>[t][n]</c>; null for numbers.</summary>
    public int[][]? Codes { get; }

    /// <summary>Gets the share of missing cells of each table; nothing for categories, among which they are one.</summary>
    public double[] Missing { get; }

    /// <summary>Puts a column on an axis.</summary>
    /// <param name="columns">The column of each table.</param>
    /// <exception cref="DiffusionException">It holds numbers in one table and text in another.</exception>
    public static PlotColumn Of(params IReadOnlyList<TableColumn> columns)
    {
        bool hasText = columns.Any(column => column is TextColumn && HasCells(column));
        NumberColumn[] numbers = [.. columns.OfType<NumberColumn>()];
        if (hasText && numbers.Any(HasCells))
        {
            throw new DiffusionException($"The column '{columns[0].Name}' holds numbers in one table and text in another.");
        }

        return hasText || numbers.Length < columns.Count || !numbers.Any(HasCells) || PlotBands.AreFew(numbers)
            ? OfCategories(columns)
            : OfNumbers(numbers);
    }

    private static bool HasCells(TableColumn column) => Enumerable.Range(0, column.Count).Any(row => !column.IsMissing(row));

    private static PlotColumn OfCategories(IReadOnlyList<TableColumn> columns)
    {
        PlotBands bands = PlotBands.Of(columns);
        double width = 1.0 / bands.Labels.Count;
        return new PlotColumn(
            columns[0].Name,
            [.. bands.Labels.Select((label, k) => new PlotTick((k + 0.5) * width, label))],
            Array.ConvertAll(bands.Codes, codes => Array.ConvertAll(codes, code => (code + 0.5) * width)),
            bands.Codes);
    }

    private static PlotColumn OfNumbers(NumberColumn[] columns)
    {
        double[][] values = Array.ConvertAll(columns, column => column.ToUnitsOf(columns[0]));
        double[] known = [.. values.SelectMany(numbers => numbers).Where(double.IsFinite)];
        (double least, double greatest) = (known.Min(), known.Max());
        double extent = Math.Max(greatest - least, SmallestShare * Math.Max(1, Math.Abs(greatest)));

        // Shares of the extent, as float32 cannot tell the seconds of a year apart.
        PlotRange range = PlotRange.Around(values.Select(numbers => new PointSet(
            Array.ConvertAll(numbers, number => (float)((number - least) / extent)), 1)));
        double low = least + (extent * range.Left);
        double high = least + (extent * range.Right);
        return new PlotColumn(
            columns[0].Name,
            [.. AxisLabels.Of(columns[0].Format, low, high).Select(tick => tick with { Place = (tick.Place - low) / (high - low) })],
            Array.ConvertAll(values, numbers => Array.ConvertAll(numbers, number => (number - low) / (high - low))),
            codes: null);
    }
}

/// <summary>A label along an axis.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Label">The label.</param>
internal sealed record PlotTick(double Place, string Label);
