using System.Globalization;
using System.Text;
using Diffusion.CommandLine;
using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Cli;

/// <summary>Draws the columns of a table as bars of text: one for each category, a line for numbers and dates.</summary>
internal static class ColumnBars
{
    private const int BarLength = 40;
    private const int LongestLabel = 20;

    /// <summary>A label that lost its middle has a mark in its place.</summary>
    private const int LabelLength = LongestLabel + 3;

    private const string Eighths = " ▏▎▍▌▋▊▉█";

    /// <summary>Draws the columns, at most 80 characters wide.</summary>
    /// <param name="table">The table, at least one row.</param>
    public static string Draw(Table table)
    {
        StringBuilder text = new();
        foreach (TableColumn column in table.Columns)
        {
            ColumnHistogram histogram = ColumnHistogram.FromColumns(column);
            text.Append(PlainText.Of(column.Name, LongestLabel));
            if (histogram.Missing[0] > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $", missing {histogram.Missing[0]:P1}");
            }

            text.Append('\n');
            if (histogram.AreCategories)
            {
                AppendBars(text, histogram);
            }
            else
            {
                string curve = Sparkline.OfShares([.. histogram.Bars.Select(bar => bar.Shares[0])]);
                text.Append(CultureInfo.InvariantCulture, $"  {histogram.Bars[0].Label} {curve} {histogram.Bars[^1].Label}\n");
            }
        }

        return text.ToString();
    }

    private static void AppendBars(StringBuilder text, ColumnHistogram histogram)
    {
        double longest = histogram.Bars.Select(bar => bar.Shares[0]).DefaultIfEmpty(1).Max();
        foreach (HistogramBar bar in histogram.Bars)
        {
            string label = PlainText.Of(bar.Label, LongestLabel).PadRight(LabelLength);
            text.Append(CultureInfo.InvariantCulture, $"  {label} {Bar(bar.Shares[0] / longest),-BarLength} {bar.Shares[0],7:P1}\n");
        }
    }

    private static string Bar(double share)
    {
        int eighths = (int)Math.Round(share * BarLength * (Eighths.Length - 1));
        int whole = eighths / (Eighths.Length - 1);
        int rest = eighths % (Eighths.Length - 1);
        return new string(Eighths[^1], whole) + (rest > 0 ? Eighths[rest] : "");
    }
}
