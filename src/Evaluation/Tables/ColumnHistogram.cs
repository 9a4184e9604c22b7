using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>How often the values of a column occur in one or several tables.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="AreCategories">Whether each bar is one value; otherwise it is a part of the range of numbers or dates.</param>
/// <param name="Bars">The bars: values by falling frequency, or parts in order.</param>
/// <param name="Missing">The share of missing cells of each table, from 0 to 1.</param>
public sealed record ColumnHistogram(string Name, bool AreCategories, IReadOnlyList<HistogramBar> Bars, IReadOnlyList<double> Missing)
{
    /// <summary>Columns with more different numbers are cut into parts.</summary>
    private const int MostValues = 12;

    private const int Parts = 30;

    /// <summary>The range of the parts leaves out so much at both ends, which counts to the outer parts: long tails would leave one part.
    /// </summary>
    private const double Tail = 0.005;

    /// <summary>The digits of labels that the column does not round: so many of the range, at most those of a double.</summary>
    private const int Digits = 4, MostDigits = 15;

    /// <summary>Counts the cells of a column.</summary>
    /// <param name="columns">The column of each table; the first decides on the values and parts that have bars.</param>
    public static ColumnHistogram FromColumns(params IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        double[] missing = [.. columns.Select(column => (double)Rows(column).Count(column.IsMissing) / column.Count)];
        double[] sorted = columns[0] is NumberColumn first ? [.. Present(first).Order()] : [];
        bool areNumbers = columns.All(column => column is NumberColumn) && sorted.Distinct().Take(MostValues + 1).Count() > MostValues;
        return areNumbers
            ? new ColumnHistogram(columns[0].Name, false, PartsOf(sorted, [.. columns.Cast<NumberColumn>()]), missing)
            : new ColumnHistogram(columns[0].Name, true, ValuesOf(columns), missing);
    }

    private static IEnumerable<int> Rows(TableColumn column) => Enumerable.Range(0, column.Count);

    private static IEnumerable<double> Present(NumberColumn column) => column.Values.ToArray().Where(value => !double.IsNaN(value));

    private static HistogramBar[] PartsOf(double[] sorted, NumberColumn[] columns)
    {
        double least = sorted[(int)(Tail * (sorted.Length - 1))];
        double greatest = sorted[(int)((1 - Tail) * (sorted.Length - 1))];
        double[][] shares = Array.ConvertAll(columns, Shares);
        return [.. Enumerable.Range(0, Parts).Select(k => new HistogramBar(
            Print(least + ((k == Parts - 1 ? Parts : k) * (greatest - least) / Parts)), Array.ConvertAll(shares, ofTable => ofTable[k])))];

        double[] Shares(NumberColumn column)
        {
            double[] ofParts = new double[Parts];
            foreach (double value in Present(column))
            {
                double place = greatest > least ? (value - least) / (greatest - least) * Parts : 0;
                ofParts[(int)Math.Clamp(place, 0, Parts - 1)] += 1.0 / column.Count;
            }

            return ofParts;
        }

        string Print(double value) => columns[0].Format.Print(
            columns[0].Format.Decimals is { } decimals ? Math.Round(value, decimals) : Rounded(value, greatest - least));
    }

    /// <summary>A number with the digits that tell the parts of a range apart, be it near 0 or narrow.</summary>
    private static double Rounded(double value, double range)
    {
        double digits = Math.Clamp(Digits + Exponent(value) - Exponent(range), 1, MostDigits);
        return double.Parse(value.ToString(Invariant($"G{digits}"), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        static double Exponent(double number) => number == 0 ? 0 : Math.Floor(Math.Log10(Math.Abs(number)));
    }

    private static HistogramBar[] ValuesOf(IReadOnlyList<TableColumn> columns)
    {
        Dictionary<string, int>[] counts = [.. columns.Select(column =>
            Rows(column).Where(row => !column.IsMissing(row)).CountBy(column.GetText).ToDictionary())];
        string[] values = [.. counts.SelectMany(ofTable => ofTable.Keys).Distinct()
            .OrderByDescending(value => counts[0].GetValueOrDefault(value)).ThenBy(value => value, StringComparer.Ordinal)];
        IEnumerable<HistogramBar> bars = values.Take(MostValues).Select(value => BarOf(value, [value]));
        string others = Invariant($"{values.Length - MostValues} others");
        return [.. values.Length <= MostValues ? bars : bars.Append(BarOf(others, values[MostValues..]) with { IsRest = true })];

        HistogramBar BarOf(string label, string[] together) => new(
            label,
            [.. counts.Zip(columns, (ofTable, column) => together.Sum(value => (double)ofTable.GetValueOrDefault(value)) / column.Count)]);
    }
}

/// <summary>One value or part of a column.</summary>
/// <param name="Label">The value, or where the part begins; of the last part, where it ends.</param>
/// <param name="Shares">Its share of the rows of each table, from 0 to 1.</param>
public sealed record HistogramBar(string Label, IReadOnlyList<double> Shares)
{
    /// <summary>Gets a value indicating whether the bar is that of all values that have none of their own.</summary>
    public bool IsRest { get; init; }
}
