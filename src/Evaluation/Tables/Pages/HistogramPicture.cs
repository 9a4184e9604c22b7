using System.Text;

namespace Diffusion.Evaluation.Tables.Pages;

/// <summary>Draws a histogram as SVG: real rows as areas, synthetic ones as lines or bars in front of them.</summary>
internal static class HistogramPicture
{
    /// <summary>The places of the two tables.</summary>
    private const int Real = 0, Synthetic = 1;

    private const int Width = 300;
    private const int PlotHeight = 90;
    private const int LabelHeight = 16;
    private const int RowHeight = 17;
    private const int LabelWidth = 110;
    private const int LongestLabel = 14;

    /// <summary>Writes the picture.</summary>
    public static string Write(ColumnHistogram histogram)
        => histogram.AreCategories ? WriteBars(histogram) : WriteParts(histogram);

    private static string WriteParts(ColumnHistogram histogram)
    {
        double highest = histogram.Bars.Max(bar => bar.Shares.Max());
        double width = (double)Width / histogram.Bars.Count;
        StringBuilder area = new(Invariant($"M0 {PlotHeight}"));
        StringBuilder line = new();
        for (int k = 0; k < histogram.Bars.Count; k++)
        {
            area.Append(Invariant($"V{Y(histogram.Bars[k].Shares[Real]):0.#}H{(k + 1) * width:0.#}"));
            line.Append(Invariant($"{(k == 0 ? "M0 " : "V")}{Y(histogram.Bars[k].Shares[Synthetic]):0.#}H{(k + 1) * width:0.#}"));
        }

        string first = Page.Text(histogram.Bars[0].Label);
        string last = Page.Text(histogram.Bars[^1].Label);
        return Start(PlotHeight + LabelHeight)
            + $"<path class=\"real\" d=\"{area}V{PlotHeight}Z\"/><path class=\"line\" d=\"{line}\"/>"
            + Invariant($"<text x=\"0\" y=\"{PlotHeight + LabelHeight - 3}\">{first}</text>")
            + Invariant($"<text x=\"{Width}\" y=\"{PlotHeight + LabelHeight - 3}\" text-anchor=\"end\">{last}</text></svg>");

        double Y(double share) => highest > 0 ? PlotHeight - (share / highest * (PlotHeight - 2)) : PlotHeight;
    }

    private static string WriteBars(ColumnHistogram histogram)
    {
        double longest = histogram.Bars.Where(bar => !bar.IsRest).Select(bar => bar.Shares.Max()).DefaultIfEmpty(1).Max();
        StringBuilder picture = new(Start(Math.Max(1, histogram.Bars.Count) * RowHeight));
        for (int k = 0; k < histogram.Bars.Count; k++)
        {
            HistogramBar bar = histogram.Bars[k];
            int top = k * RowHeight;
            string label = PlainText.Of(bar.Label, LongestLabel);
            picture.Append(Invariant($"<text x=\"{LabelWidth - 6}\" y=\"{top + 12}\" text-anchor=\"end\">{Page.Text(label)}</text>"));
            if (bar.IsRest)
            {
                // A bar of all rare values together would leave no room for the others.
                string shares = Invariant($"real {bar.Shares[Real] * 100:0.#} %, synthetic {bar.Shares[Synthetic] * 100:0.#} %");
                picture.Append(Invariant($"<text x=\"{LabelWidth}\" y=\"{top + 12}\">{shares}</text>"));
                continue;
            }

            (double real, double synthetic) = (Length(bar.Shares[Real]), Length(bar.Shares[Synthetic]));
            picture.Append(Invariant($"<rect class=\"real\" x=\"{LabelWidth}\" y=\"{top + 2}\" width=\"{real:0.#}\" height=\"13\"/>"))
                .Append(Invariant($"<rect class=\"synthetic\" x=\"{LabelWidth}\" y=\"{top + 6}\" width=\"{synthetic:0.#}\" height=\"5\">"))
                .Append(Invariant($"<title>{Page.Text(bar.Label)}: real {bar.Shares[Real]:P1}, "))
                .Append(Invariant($"synthetic {bar.Shares[Synthetic]:P1}</title></rect>"));
        }

        return picture.Append("</svg>").ToString();

        double Length(double share) => longest > 0 ? share / longest * (Width - LabelWidth) : 0;
    }

    private static string Start(int height) => Invariant($"<svg viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\">");
}
