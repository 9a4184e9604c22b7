using Diffusion.Rendering.Fonts;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>Densities in the plane, side by side, with one scale of colours.</summary>
public static class DensityFigure
{
    private const float PanelSize = 400;
    private const float Gap = 24;
    private const float Edge = 44;
    private const float Top = 96;
    private const float Bottom = 40;
    private const float ScaleWidth = 14;
    private const float ScaleSpace = 90;
    private const float TitleSize = 20;
    private const float TextSize = 13;
    private const int FewestTicks = 4;
    private const int ScaleCells = 256;

    /// <summary>Draws the densities.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="panels">The densities, at least one, all over the same range.</param>
    /// <param name="range">The part of the plane that they cover.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <param name="scale">Pixels per unit.</param>
    public static Picture Draw(string title, string subtitle, IReadOnlyList<DensityPanel> panels, PlotRange range, Theme? theme = null, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count);
        theme ??= Theme.Light;
        double largest = panels.Max(panel => panel.Values.Max());
        float width = Edge + (panels.Count * (PanelSize + Gap)) + ScaleSpace;
        return Picture.Draw(width, Top + PanelSize + Bottom, scale, theme.Paper, canvas =>
        {
            using SKPaint ink = new() { Color = theme.Ink, IsAntialias = true };
            using SKPaint muted = new() { Color = theme.Muted, IsAntialias = true };
            using SKFont titleFont = LabelFont.OfSize(TitleSize);
            using SKFont font = LabelFont.OfSize(TextSize);
            canvas.DrawText(title, Edge, TitleSize + 12, SKTextAlign.Left, titleFont, ink);
            canvas.DrawText(subtitle, Edge, TitleSize + TextSize + 19, SKTextAlign.Left, font, muted);
            for (int k = 0; k < panels.Count; k++)
            {
                SKRect area = SKRect.Create(Edge + (k * (PanelSize + Gap)), Top, PanelSize, PanelSize);
                canvas.DrawText(panels[k].Label, area.MidX, Top - 8, SKTextAlign.Center, font, ink);
                int side = (int)Math.Round(Math.Sqrt(panels[k].Values.Length));
                DrawCells(canvas, area, side, side, Array.ConvertAll(panels[k].Values, value => theme.OfDensity(value / largest)));
                ScatterPlot frame = new(range, area, theme);
                frame.DrawFrame(canvas);
                frame.DrawHorizontalTicks(canvas);
                if (k == 0)
                {
                    frame.DrawVerticalTicks(canvas);
                }
            }

            DrawScale(canvas, SKRect.Create(width - ScaleSpace, Top, ScaleWidth, PanelSize), largest, theme);
        });
    }

    private static void DrawCells(SKCanvas canvas, SKRect area, int columns, int rows, SKColor[] colors)
    {
        using SKBitmap cells = new(columns, rows) { Pixels = colors };
        using SKImage image = SKImage.FromBitmap(cells);
        canvas.DrawImage(image, area, new SKSamplingOptions(SKFilterMode.Linear));
    }

    private static void DrawScale(SKCanvas canvas, SKRect area, double largest, Theme theme)
    {
        using SKPaint muted = new() { Color = theme.Muted, IsAntialias = true };
        using SKPaint line = new() { Color = theme.Grid, Style = SKPaintStyle.Stroke, StrokeWidth = 1, IsAntialias = true };
        using SKFont font = LabelFont.OfSize(TextSize);
        DrawCells(canvas, area, 1, ScaleCells, [.. Enumerable.Range(0, ScaleCells).Select(k => theme.OfDensity(1 - ((k + 0.5) / ScaleCells)))]);
        canvas.DrawRect(area, line);
        canvas.DrawText("p(x)", area.Left, area.Top - 8, SKTextAlign.Left, font, muted);
        foreach (double tick in Ticks.Linear(0, largest, FewestTicks))
        {
            float y = (float)(area.Bottom - (area.Height * tick / largest));
            canvas.DrawText(Ticks.Label(tick), area.Right + 6, y - ((font.Metrics.Ascent + font.Metrics.Descent) / 2), SKTextAlign.Left, font, muted);
        }
    }
}
