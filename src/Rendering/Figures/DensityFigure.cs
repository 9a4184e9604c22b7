using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>
/// Densities in the plane as filled contours. Panels of one column share a scale, so that a model can stand above the truth.
/// </summary>
public static class DensityFigure
{
    private const float PanelSide = 260;

    /// <summary>Each band of colour is a tenth of the largest density of its column.</summary>
    private const int Bands = 10;

    /// <summary>The lowest band is faint but there from this share of the largest density on; below is nothing.</summary>
    private const double Least = 0.02;

    /// <summary>Places at which a band is chosen along the side of a panel.</summary>
    private const int Resolution = 1040;
    private const float ScaleWidth = 14;
    private const float ScaleMargin = 78;
    private const float TextSize = 11;

    /// <summary>Draws the densities.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="panels">The densities, in reading order, all over the same range; at least one.</param>
    /// <param name="range">The part of the plane that they cover.</param>
    /// <param name="columns">The panels of a row.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <exception cref="ArgumentException">There is no panel, or one is no square.</exception>
    public static Drawing Draw(
        string title, string subtitle, IReadOnlyList<DensityPanel> panels, PlotRange range, int columns, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count);
        if (panels.FirstOrDefault(panel => panel.Side < 2 || panel.Side * panel.Side != panel.Values.Length) is { } wrong)
        {
            throw new ArgumentException(
                Invariant($"A density must have as many rows as columns, at least 2; '{wrong.Label}' has {wrong.Values.Length} values."),
                nameof(panels));
        }

        PanelGrid grid = new(panels.Count, Math.Min(columns, panels.Count), PanelSide, ScaleMargin);
        double[] largest = [.. Enumerable.Range(0, grid.Columns)
            .Select(column => panels.Where((_, k) => k % grid.Columns == column).Max(panel => panel.Values.Max()))];
        return new Drawing(grid.Width, grid.Height, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            for (int k = 0; k < panels.Count; k++)
            {
                sheet.Cells(grid.AreaOf(k), Resolution, Resolution, Colors(panels[k], largest[k % grid.Columns], sheet.Theme));
                grid.DrawPanel(sheet, k, panels[k].Label, range);
            }

            DrawScale(sheet, SKRect.Create(grid.MarginLeft, grid.AreaOf(0).Top, ScaleWidth, PanelSide));
        });
    }

    /// <summary>The colour of a density that is a share of the largest.</summary>
    private static SKColor BandOf(double share, Theme theme)
        => share < Least ? theme.Paper : theme.OfDensity((Math.Min(Bands - 1, Math.Floor(share * Bands)) + 0.5) / Bands);

    private static SKColor[] Colors(DensityPanel panel, double largest, Theme theme)
    {
        SKColor[] colors = new SKColor[Resolution * Resolution];
        double step = (double)panel.Side / Resolution;
        Parallel.For(0, Resolution, row =>
        {
            for (int column = 0; column < Resolution; column++)
            {
                double density = panel.At(((row + 0.5) * step) - 0.5, ((column + 0.5) * step) - 0.5);
                colors[(row * Resolution) + column] = BandOf(density / largest, theme);
            }
        });
        return colors;
    }

    private static void DrawScale(Sheet sheet, SKRect area)
    {
        sheet.Text("p / max p", area.Left, area.Top - 7, TextSize, sheet.Theme.Muted);
        for (int band = 0; band < Bands; band++)
        {
            float height = area.Height / Bands;
            SKRect cell = SKRect.Create(area.Left, area.Bottom - ((band + 1) * height), area.Width, height);
            sheet.Fill(cell, BandOf((band + 0.5) / Bands, sheet.Theme));
        }

        sheet.Outline(area, sheet.Theme.Grid);
        foreach (double tick in Ticks.Linear(0, 1, Bands / 2))
        {
            sheet.TextBeside(Ticks.Label(tick), area.Right + 6, (float)(area.Bottom - (area.Height * tick)), TextSize, sheet.Theme.Muted);
        }
    }
}
