using System.Text;

namespace Diffusion.Evaluation.Tables.Pages;

/// <summary>Draws the scores of all pairs of columns as SVG: the darker, the less alike.</summary>
internal static class TrendMap
{
    private const int MostSize = 26;
    private const int WholeSize = 620;
    private const int LabelWidth = 130;
    private const int LongestLabel = 18;
    private const int LeastLabelSize = 9;

    /// <summary>A score this low has the full colour.</summary>
    private const double Lowest = 0.8;

    /// <summary>Writes the picture.</summary>
    public static string Write(PairTrends trends)
    {
        string[] names = [.. trends.Pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct()];
        int size = Math.Clamp(WholeSize / Math.Max(1, names.Length), 3, MostSize);
        int whole = LabelWidth + (names.Length * size);
        StringBuilder picture = new(Invariant($"<svg viewBox=\"0 0 {whole} {whole}\" width=\"{whole}\" height=\"{whole}\">"));
        foreach (PairScore pair in trends.Pairs)
        {
            (int i, int j) = (Array.IndexOf(names, pair.First), Array.IndexOf(names, pair.Second));
            double opacity = Math.Clamp((1 - pair.Score) / (1 - Lowest), 0.03, 1);
            foreach ((int row, int column) in new[] { (i, j), (j, i) })
            {
                picture.Append(Invariant($"<rect class=\"cell\" x=\"{LabelWidth + (column * size)}\" y=\"{LabelWidth + (row * size)}\" "))
                    .Append(Invariant($"width=\"{size - 1}\" height=\"{size - 1}\" fill-opacity=\"{opacity:0.##}\">"))
                    .Append(Invariant($"<title>{Page.Text(pair.First)}, {Page.Text(pair.Second)}: {pair.Score:0.000}</title></rect>"));
            }
        }

        for (int k = 0; k < names.Length && size >= LeastLabelSize; k++)
        {
            string label = Page.Text(PlainText.Of(names[k], LongestLabel));
            int middle = LabelWidth + (k * size) + (size / 2) + 4;
            picture.Append(Invariant($"<text x=\"{LabelWidth - 6}\" y=\"{middle}\" text-anchor=\"end\">{label}</text>"))
                .Append(Invariant($"<text transform=\"translate({middle},{LabelWidth - 6}) rotate(-90)\">{label}</text>"));
        }

        return picture.Append("</svg>").ToString();
    }
}
