using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables.Pages;

/// <summary>How often the values of a column occur in two tables.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="AreCategories">Whether each bar is one value; otherwise it is a part of the range of numbers or dates.</param>
/// <param name="Bars">The bars, the shares of all rows; those of numbers in order.</param>
/// <param name="Missing">The shares of missing cells.</param>
internal sealed record ColumnHistogram(string Name, bool AreCategories, IReadOnlyList<HistogramBar> Bars, HistogramBar Missing)
{
    /// <summary>Columns with more different numbers are cut into parts.</summary>
    private const int MostValues = 12;

    private const int Parts = 30;

    /// <summary>The range of the parts leaves out so much at both ends, which counts to the outer parts: long tails would leave one part.
    /// </summary>
    private const double Tail = 0.005;

    /// <summary>Counts the cells of a column.</summary>
    /// <param name="real">The column of the real rows.</param>
    /// <param name="synthetic">The column of the synthetic rows.</param>
    public static ColumnHistogram FromColumns(TableColumn real, TableColumn synthetic)
    {
        HistogramBar missing = new("missing", MissingShare(real), MissingShare(synthetic));
        double[] numbers = real is NumberColumn column ? [.. Present(column).Order()] : [];
        bool areNumbers = real is NumberColumn && synthetic is NumberColumn && numbers.Distinct().Take(MostValues + 1).Count() > MostValues;
        return areNumbers
            ? new ColumnHistogram(real.Name, false, PartsOf(numbers, (NumberColumn)real, (NumberColumn)synthetic), missing)
            : new ColumnHistogram(real.Name, true, ValuesOf(real, synthetic), missing);
    }

    private static double MissingShare(TableColumn column)
        => (double)Enumerable.Range(0, column.Count).Count(column.IsMissing) / column.Count;

    private static IEnumerable<double> Present(NumberColumn column) => column.Values.ToArray().Where(value => !double.IsNaN(value));

    private static HistogramBar[] PartsOf(double[] sorted, NumberColumn real, NumberColumn synthetic)
    {
        double least = sorted[(int)(Tail * (sorted.Length - 1))];
        double greatest = sorted[(int)((1 - Tail) * (sorted.Length - 1))];
        (double[] ofReal, double[] ofSynthetic) = (Shares(real), Shares(synthetic));
        return [.. Enumerable.Range(0, Parts).Select(k => new HistogramBar(
            Print(least + ((k == Parts - 1 ? Parts : k) * (greatest - least) / Parts)), ofReal[k], ofSynthetic[k]))];

        double[] Shares(NumberColumn column)
        {
            double[] shares = new double[Parts];
            foreach (double value in Present(column))
            {
                double place = greatest > least ? (value - least) / (greatest - least) * Parts : 0;
                shares[(int)Math.Clamp(place, 0, Parts - 1)] += 1.0 / column.Count;
            }

            return shares;
        }

        string Print(double value)
            => real.Format is { } format ? format.Print(Math.Round(value, format.Decimals ?? 3)) : Invariant($"{value:G4}");
    }

    private static HistogramBar[] ValuesOf(TableColumn real, TableColumn synthetic)
    {
        Dictionary<string, int> counts = Count(real);
        Dictionary<string, int> syntheticCounts = Count(synthetic);
        string[] values = [.. counts.Keys.Union(syntheticCounts.Keys)
            .OrderByDescending(value => counts.GetValueOrDefault(value)).ThenBy(value => value, StringComparer.Ordinal)];
        string[] shown = [.. values.Take(MostValues)];
        IEnumerable<HistogramBar> bars = shown.Select(value => BarOf(value, [value]));
        string others = Invariant($"{values.Length - shown.Length} others");
        return [.. values.Length == shown.Length ? bars : bars.Append(BarOf(others, values[MostValues..]) with { IsRest = true })];

        HistogramBar BarOf(string label, string[] together) => new(
            label,
            together.Sum(value => (double)counts.GetValueOrDefault(value)) / real.Count,
            together.Sum(value => (double)syntheticCounts.GetValueOrDefault(value)) / synthetic.Count);
    }

    private static Dictionary<string, int> Count(TableColumn column)
        => Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).CountBy(column.GetText).ToDictionary();
}

/// <summary>One value or part of a column.</summary>
/// <param name="Label">The value, or where the part begins.</param>
/// <param name="Real">Its share of the real rows, from 0 to 1.</param>
/// <param name="Synthetic">Its share of the synthetic rows.</param>
internal readonly record struct HistogramBar(string Label, double Real, double Synthetic)
{
    /// <summary>Gets a value indicating whether the bar is that of all values that have none of their own.</summary>
    public bool IsRest { get; init; }
}
