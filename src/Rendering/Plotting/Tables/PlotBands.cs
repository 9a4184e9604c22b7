using Diffusion.Tables;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>The bands of a column of categories: its most frequent values, all others together, and missing cells.</summary>
/// <param name="Labels">What each band is called, at least one.</param>
/// <param name="Codes">The band of each cell of each table, <c>[t][n]</c>.</param>
internal sealed record PlotBands(IReadOnlyList<string> Labels, int[][] Codes)
{
    /// <summary>More bands would be too narrow for labels.</summary>
    private const int MostValues = 8;

    private const int LongestLabel = 18;
    private const string Missing = "missing";

    /// <summary>Returns whether columns of numbers have so few values that each gets a band.</summary>
    public static bool AreFew(IReadOnlyList<NumberColumn> columns)
        => columns.SelectMany(column => column.ToUnitsOf(columns[0])).Where(double.IsFinite).Distinct().Take(MostValues + 1).Count()
            <= MostValues;

    /// <summary>Chooses the bands: numbers and dates in their order, text by falling frequency in the first table.</summary>
    /// <param name="columns">The column of each table.</param>
    public static PlotBands Of(IReadOnlyList<TableColumn> columns)
    {
        string?[][] cells = [.. columns.Select(Cells)];
        Dictionary<string, int>[] counts = [.. cells.Select(ofTable => ofTable.OfType<string>().CountBy(cell => cell).ToDictionary())];
        string[] values = [.. counts.SelectMany(ofTable => ofTable.Keys).Distinct()
            .OrderByDescending(value => counts[0].GetValueOrDefault(value)).ThenBy(value => value, StringComparer.Ordinal)];
        string[] shown = [.. values.Length <= MostValues ? values : values.Take(MostValues - 1)];
        if (columns[0] is NumberColumn { Format: var format })
        {
            shown = [.. shown.OrderBy(value => format.TryParse(value, out double number) ? number : double.PositiveInfinity)];
        }

        List<string> labels = [.. shown.Select(value => PlainText.Of(value, LongestLabel))];
        int others = labels.Count;
        if (values.Length > shown.Length)
        {
            labels.Add(Invariant($"{values.Length - shown.Length} others"));
        }

        int missing = labels.Count;
        if (labels.Count == 0 || cells.Any(ofTable => ofTable.Contains(null)))
        {
            labels.Add(Missing);
        }

        Dictionary<string, int> bands = shown.Select((value, k) => (value, k)).ToDictionary(pair => pair.value, pair => pair.k);
        return new PlotBands(
            labels,
            Array.ConvertAll(cells, ofTable => Array.ConvertAll(
                ofTable, cell => cell is null ? missing : bands.GetValueOrDefault(cell, others))));

        string?[] Cells(TableColumn column)
            => column is NumberColumn numbers && columns[0] is NumberColumn first
                ? Array.ConvertAll(numbers.ToUnitsOf(first), value => double.IsFinite(value) ? first.Format.Print(value) : null)
                : [.. Enumerable.Range(0, column.Count).Select(row => column.IsMissing(row) ? null : column.GetText(row))];
    }
}
