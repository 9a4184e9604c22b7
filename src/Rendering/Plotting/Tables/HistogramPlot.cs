using Diffusion.Rendering.Figures;
using SkiaSharp;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>Draws the distribution of a column: data as areas, samples as lines or narrow bars in front of them.</summary>
/// <param name="sheet">What to draw on.</param>
/// <param name="area">Where on the sheet, with its labels.</param>
internal sealed class HistogramPlot(Sheet sheet, SKRect area)
{
    private const float LabelSize = 10;
    private const float LabelHeight = 15;
    private const float LineWidth = 1.5f;
    private const byte AreaAlpha = 90;

    /// <summary>The part of the width that the labels of bars have.</summary>
    private const float LabelShare = 0.54f;

    private const float TallestRow = 18;
    private const float LabelGap = 5;

    /// <summary>The parts of a row that the bars of data and of samples fill.</summary>
    private const float DataHeight = 0.8f, SamplesHeight = 0.32f;

    /// <summary>Draws it.</summary>
    public void Draw(HistogramPanel panel)
    {
        if (panel.AreCategories)
        {
            DrawBars(panel.Bars);
        }
        else
        {
            DrawParts(panel.Bars);
        }
    }

    private void DrawParts(IReadOnlyList<HistogramPanelBar> bars)
    {
        SKRect plot = new(area.Left, area.Top, area.Right, area.Bottom - LabelHeight);
        double highest = Math.Max(bars.Max(bar => Math.Max(bar.Data, bar.Samples)), double.Epsilon);
        SKPoint[] data = Steps(bar => bar.Data);
        SKPoint start = new(plot.Left, plot.Bottom), end = new(plot.Right, plot.Bottom);
        sheet.Shape([start, .. data, end], sheet.Theme.Data.WithAlpha(AreaAlpha));
        sheet.Polyline(Steps(bar => bar.Samples), sheet.Theme.Samples, LineWidth);
        sheet.Line(start.X, start.Y, end.X, end.Y, sheet.Theme.Grid);
        sheet.Text(bars[0].Label, area.Left, area.Bottom - 3, LabelSize, sheet.Theme.Muted);
        sheet.Text(bars[^1].Label, area.Right, area.Bottom - 3, LabelSize, sheet.Theme.Muted, SKTextAlign.Right);

        SKPoint[] Steps(Func<HistogramPanelBar, double> share) => [.. bars.SelectMany((bar, k) =>
        {
            float y = (float)(plot.Bottom - (plot.Height * share(bar) / highest));
            return new[] { At(k, y), At(k + 1, y) };
        })];

        SKPoint At(int part, float y) => new(plot.Left + (plot.Width * part / bars.Count), y);
    }

    private void DrawBars(IReadOnlyList<HistogramPanelBar> bars)
    {
        double longest = bars.Where(bar => !bar.IsRest).Select(bar => Math.Max(bar.Data, bar.Samples)).Append(double.Epsilon).Max();
        float left = area.Left + (LabelShare * area.Width);
        float row = Math.Min(TallestRow, area.Height / bars.Count);
        for (int k = 0; k < bars.Count; k++)
        {
            HistogramPanelBar bar = bars[k];
            float middle = area.Top + ((k + 0.5f) * row);
            string label = Sheet.Fit(bar.Label, LabelSize, left - area.Left - LabelGap);
            sheet.TextBeside(label, left - LabelGap, middle, LabelSize, sheet.Theme.Muted, SKTextAlign.Right);
            if (bar.IsRest)
            {
                // A bar of all rare values together would leave no room for the others.
                string data = Invariant($"{100 * bar.Data:0.#} %");
                sheet.TextBeside(data, left, middle, LabelSize, sheet.Theme.Data);
                string samples = Invariant($"{100 * bar.Samples:0.#} %");
                sheet.TextBeside(
                    samples, left + Sheet.WidthOf(data, LabelSize) + LabelGap, middle, LabelSize, sheet.Theme.Samples);
                continue;
            }

            Fill(bar.Data, DataHeight * row, sheet.Theme.Data.WithAlpha(AreaAlpha));
            Fill(bar.Samples, SamplesHeight * row, sheet.Theme.Samples);

            void Fill(double share, float height, SKColor color)
                => sheet.Fill(SKRect.Create(left, middle - (height / 2), (float)((area.Right - left) * share / longest), height), color);
        }
    }
}
