using Diffusion.Rendering.Fonts;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>Panels in rows, all with the same axes: how data become noise, or noise becomes data.</summary>
public static class StripFigure
{
    private const int PanelsPerRow = 6;
    private const float PanelSize = 190;
    private const float Gap = 16;
    private const float Edge = 38;
    private const float LabelHeight = 24;
    private const float HeaderHeight = 62;
    private const float FooterHeight = 34;
    private const float TitleSize = 20;
    private const float SubtitleSize = 13;
    private const float LabelSize = 13;
    private const float PointDiameter = 2.4f;

    /// <summary>Draws a strip.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="panels">The panels, in reading order; at least one.</param>
    /// <param name="range">The part of the plane that all panels show.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <param name="scale">Pixels per unit: 1 gives about 1,300 pixels across, 2 suits screens of high resolution.</param>
    public static Picture Draw(string title, string subtitle, IReadOnlyList<Panel> panels, PlotRange range, Theme? theme = null, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count);
        theme ??= Theme.Light;
        int columns = Math.Min(PanelsPerRow, panels.Count);
        int rows = (panels.Count + columns - 1) / columns;
        float width = (2 * Edge) + (columns * PanelSize) + ((columns - 1) * Gap);
        float height = HeaderHeight + (rows * (LabelHeight + PanelSize)) + FooterHeight;
        return Picture.Draw(width, height, scale, theme.Paper, canvas =>
        {
            using SKPaint ink = new() { Color = theme.Ink, IsAntialias = true };
            using SKPaint muted = new() { Color = theme.Muted, IsAntialias = true };
            using SKFont titleFont = LabelFont.OfSize(TitleSize);
            using SKFont subtitleFont = LabelFont.OfSize(SubtitleSize);
            using SKFont labelFont = LabelFont.OfSize(LabelSize);
            canvas.DrawText(title, Edge, TitleSize + 12, SKTextAlign.Left, titleFont, ink);
            canvas.DrawText(subtitle, Edge, TitleSize + SubtitleSize + 19, SKTextAlign.Left, subtitleFont, muted);
            for (int k = 0; k < panels.Count; k++)
            {
                (int row, int column) = (k / columns, k % columns);
                float left = Edge + (column * (PanelSize + Gap));
                float top = HeaderHeight + (row * (LabelHeight + PanelSize)) + LabelHeight;
                ScatterPlot plot = new(range, SKRect.Create(left, top, PanelSize, PanelSize), theme);
                plot.DrawFrame(canvas);
                plot.DrawPoints(canvas, panels[k].Points, panels[k].IsData ? theme.Data : theme.Samples, PointDiameter);
                canvas.DrawText(panels[k].Label, left + (PanelSize / 2), top - 7, SKTextAlign.Center, labelFont, ink);
                if (column == 0)
                {
                    plot.DrawVerticalTicks(canvas);
                }

                if (k + columns >= panels.Count)
                {
                    plot.DrawHorizontalTicks(canvas);
                }
            }
        });
    }
}
