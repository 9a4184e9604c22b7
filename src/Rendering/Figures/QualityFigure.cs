using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>Data and samples side by side, and numbers that compare them.</summary>
public static class QualityFigure
{
    private const float PanelSide = 360;
    private const float TableWidth = 360;
    private const float RowHeight = 22;
    private const float TextSize = 13;

    /// <summary>Where the two columns of numbers end, from the left of the table.</summary>
    private const float FirstColumn = 250;
    private const float SecondColumn = 340;
    private const double UsualCount = 1_000;
    private const float PointDiameter = 3;
    private const float SmallestPoint = 1;
    private const byte PointAlpha = 150;

    /// <summary>Draws the figure.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="data">True points.</param>
    /// <param name="samples">Points of the model.</param>
    /// <param name="head">What the two columns of numbers are called.</param>
    /// <param name="rows">The measures: a name, and the number in each column.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(
        string title, string subtitle, PointSet data, PointSet samples, (string First, string Second) head,
        IReadOnlyList<(string Name, string First, string Second)> rows, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        PanelGrid grid = new(Count: 2, Columns: 2, PanelSide, TableWidth);
        PlotRange range = PlotRange.Around(data, samples);
        return new Drawing(grid.Width, grid.Height, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            DrawPoints(grid.DrawPanel(sheet, 0, "data", range), data, sheet.Theme.Data);
            DrawPoints(grid.DrawPanel(sheet, 1, "samples", range), samples, sheet.Theme.Samples);
            SKRect area = grid.AreaOf(1);
            float y = area.Top + RowHeight;
            DrawRow(sheet, grid.MarginLeft, y, ("", head.First, head.Second), sheet.Theme.Muted);
            foreach ((string Name, string First, string Second) row in rows)
            {
                y += RowHeight;
                DrawRow(sheet, grid.MarginLeft, y, row, sheet.Theme.Ink);
            }
        });
    }

    private static void DrawPoints(ScatterPlot plot, PointSet points, SKColor color)
        => plot.DrawPoints(
            points, color.WithAlpha(PointAlpha),
            Math.Max(SmallestPoint, (float)(PointDiameter * Math.Pow(UsualCount / Math.Max(1, points.Count), 0.25))));

    private static void DrawRow(Sheet sheet, float left, float y, (string Name, string First, string Second) row, SKColor color)
    {
        sheet.Text(row.Name, left, y, TextSize, color);
        sheet.Text(row.First, left + FirstColumn, y, TextSize, color, SKTextAlign.Right);
        sheet.Text(row.Second, left + SecondColumn, y, TextSize, color, SKTextAlign.Right);
    }
}
