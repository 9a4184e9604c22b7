using System.Globalization;
using System.Text;
using Diffusion.Training.Data.Tables;

namespace Diffusion.Training.Cli;

/// <summary>What was found in the columns of a table, as a table of text.</summary>
internal static class ColumnTable
{
    /// <summary>Longer names lose their middle.</summary>
    private const int LongestName = 24;

    private const string Gap = "  ";

    /// <summary>Writes a line for each column, under a header.</summary>
    /// <param name="columns">The columns.</param>
    public static string Format(IReadOnlyList<ColumnReport> columns)
    {
        string[][] rows =
        [
            ["column", "type", "values", "missing", "learned as"],
            .. columns.Select(column => new[]
            {
                PlainText.Of(column.Name, LongestName),
                column.Type.ToString().ToLowerInvariant(),
                column.Different.ToString(CultureInfo.InvariantCulture),
                column.Missing.ToString(CultureInfo.InvariantCulture),
                column.Treatment,
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(k => rows.Max(row => row[k].Length))];
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            text.Append(row[0].PadRight(widths[0])).Append(Gap).Append(row[1].PadRight(widths[1])).Append(Gap)
                .Append(row[2].PadLeft(widths[2])).Append(Gap).Append(row[3].PadLeft(widths[3])).Append(Gap).AppendLine(row[4]);
        }

        return text.ToString();
    }
}
