using Diffusion.Rendering.Plotting;

namespace Diffusion.Rendering.Figures;

/// <summary>
/// Panels of points in rows, all with the same axes: how data become noise, noise becomes data, or what solvers make of it.
/// </summary>
public static class StripFigure
{
    /// <summary>The panels of a row where no other number is asked for.</summary>
    public const int UsualColumns = 6;

    private const float PanelSide = 190;
    private const float PointDiameter = 2.4f;

    /// <summary>How dark one point is; where points overlap it gets darker, which shows the density.</summary>
    private const byte PointAlpha = 150;

    /// <summary>Draws a strip.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="panels">The panels, in reading order; at least one.</param>
    /// <param name="range">The part of the plane that all panels show.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <param name="columns">The panels of a row, where there are as many.</param>
    public static Drawing Draw(
        string title, string subtitle, IReadOnlyList<Panel> panels, PlotRange range, Theme? theme = null, int columns = UsualColumns)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count);
        PanelGrid grid = new(panels.Count, Math.Min(columns, panels.Count), PanelSide);
        return new Drawing(grid.Width, grid.Height, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            for (int k = 0; k < panels.Count; k++)
            {
                ScatterPlot plot = grid.DrawPanel(sheet, k, panels[k].Label, range);
                plot.DrawPoints(
                    panels[k].Points, (panels[k].IsData ? sheet.Theme.Data : sheet.Theme.Samples).WithAlpha(PointAlpha), PointDiameter);
            }
        });
    }
}
