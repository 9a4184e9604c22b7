using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>A vector field as arrows, one panel for each moment. In each panel the longest arrows just reach their neighbours.</summary>
public static class FieldFigure
{
    private const float PanelSide = 260;
    private const float PointDiameter = 2.2f;
    private const byte PointAlpha = 110;
    private const float ArrowWidth = 1.1f;

    /// <summary>The head, as a share of the length of the arrow.</summary>
    private const float Head = 0.36f;
    private const float ShortestHead = 1.5f;

    /// <summary>Of all arrows, the share that is not longer than a cell; the others are cut to that.</summary>
    private const double Longest = 0.95;

    /// <summary>Draws the field.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="panels">The panels, in reading order, each with places on a square lattice; at least one.</param>
    /// <param name="range">The part of the plane that all panels show.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(string title, string subtitle, IReadOnlyList<FieldPanel> panels, PlotRange range, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count);
        PanelGrid grid = new(panels.Count, panels.Count, PanelSide);
        return new Drawing(grid.Width, grid.Height, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            for (int k = 0; k < panels.Count; k++)
            {
                ScatterPlot plot = grid.DrawPanel(sheet, k, panels[k].Label, range);
                plot.DrawPoints(panels[k].Points, sheet.Theme.Data.WithAlpha(PointAlpha), PointDiameter);
                sheet.Within(grid.AreaOf(k), () => DrawArrows(sheet, plot, panels[k], range));
            }
        });
    }

    private static void DrawArrows(Sheet sheet, ScatterPlot plot, FieldPanel panel, PlotRange range)
    {
        SKPoint[] places = plot.Places(panel.Places);
        SKPoint[] arrows = [.. Enumerable.Range(0, places.Length).Select(i => new SKPoint(
            (float)(panel.Directions[2 * i] / range.HalfX), (float)(-panel.Directions[(2 * i) + 1] / range.HalfY)))];
        float[] lengths = [.. arrows.Select(arrow => arrow.Length).Order()];
        float cell = PanelSide / MathF.Sqrt(places.Length);
        float factor = cell / Math.Max(lengths[(int)(Longest * (lengths.Length - 1))], float.Epsilon);
        for (int i = 0; i < places.Length; i++)
        {
            float length = Math.Min(cell, factor * arrows[i].Length);
            if (length > 0 && float.IsFinite(length))
            {
                DrawArrow(sheet, places[i], new SKPoint(arrows[i].X / arrows[i].Length, arrows[i].Y / arrows[i].Length), length);
            }
        }
    }

    /// <summary>An arrow whose middle is at a place.</summary>
    private static void DrawArrow(Sheet sheet, SKPoint place, SKPoint direction, float length)
    {
        SKPoint tip = new(place.X + (direction.X * length / 2), place.Y + (direction.Y * length / 2));
        float head = Math.Max(ShortestHead, Head * length);
        SKPoint neck = new(tip.X - (direction.X * head), tip.Y - (direction.Y * head));
        SKPoint side = new(-direction.Y * head / 2, direction.X * head / 2);
        SKColor color = sheet.Theme.Samples;
        sheet.Line(tip.X - (direction.X * length), tip.Y - (direction.Y * length), neck.X, neck.Y, color, ArrowWidth);
        sheet.Shape([tip, neck + side, neck - side], color);
    }
}

/// <summary>Directions at places in the plane.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="Places">The places, <c>[n, 2]</c>.</param>
/// <param name="Directions">The directions there, <c>[n, 2]</c>; only their ratios matter.</param>
/// <param name="Points">The points that are moved by them, <c>[m, 2]</c>, drawn behind.</param>
public sealed record FieldPanel(string Label, PointSet Places, float[] Directions, PointSet Points);
