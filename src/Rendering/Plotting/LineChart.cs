using Diffusion.Rendering.Fonts;
using SkiaSharp;

namespace Diffusion.Rendering.Plotting;

/// <summary>Lines over two axes.</summary>
/// <param name="area">Where on the canvas; labels stand to the left of it and below.</param>
/// <param name="x">The axis across.</param>
/// <param name="y">The axis up.</param>
/// <param name="theme">The colours.</param>
internal sealed class LineChart(SKRect area, Axis x, Axis y, Theme theme)
{
    private const float TextSize = 13;
    private const float TitleSize = 20;
    private const float LineHeight = 18;

    /// <summary>Draws the title, the grid, and the names and numbers of the axes.</summary>
    public void DrawAxes(SKCanvas canvas, string title)
    {
        using SKPaint ink = new() { Color = theme.Ink, IsAntialias = true };
        using SKPaint text = new() { Color = theme.Muted, IsAntialias = true };
        using SKPaint grid = new() { Color = theme.Grid, Style = SKPaintStyle.Stroke, StrokeWidth = 1, IsAntialias = true };
        using SKFont titleFont = LabelFont.OfSize(TitleSize);
        using SKFont font = LabelFont.OfSize(TextSize);
        canvas.DrawText(title, area.Left, area.Top - 36, SKTextAlign.Left, titleFont, ink);
        foreach (double tick in y.Ticks())
        {
            float height = PlaceY(tick);
            canvas.DrawLine(area.Left, height, area.Right, height, grid);
            canvas.DrawText(Ticks.Label(tick), area.Left - 8, Centered(height, font), SKTextAlign.Right, font, text);
        }

        foreach (double tick in x.Ticks())
        {
            canvas.DrawText(Ticks.Label(tick), PlaceX(tick), area.Bottom + TextSize + 8, SKTextAlign.Center, font, text);
        }

        canvas.DrawText(x.Name, area.MidX, area.Bottom + TextSize + 31, SKTextAlign.Center, font, text);
        canvas.DrawText(y.Name, area.Left, area.Top - 14, SKTextAlign.Left, font, text);
    }

    /// <summary>Draws a line through points, with a dot at each where dots have a size; where there is but one point it is a dot in any case.</summary>
    public void DrawLine(SKCanvas canvas, IEnumerable<(double X, double Y)> points, SKColor color, float width, float dot = 0)
    {
        using SKPaint paint = new() { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        SKPoint[] places = [.. points.Select(point => new SKPoint(PlaceX(point.X), PlaceY(point.Y)))];
        canvas.DrawPoints(SKPointMode.Polygon, places, paint);
        if (dot > 0 || places.Length == 1)
        {
            paint.StrokeWidth = Math.Max(dot, width);
            canvas.DrawPoints(SKPointMode.Points, places, paint);
        }
    }

    /// <summary>Writes the names of lines to the right of the chart, each at the height of its last point or as near to it as the others allow.</summary>
    public void DrawNames(SKCanvas canvas, IEnumerable<(string Name, double Y, SKColor Color)> lines)
    {
        using SKFont font = LabelFont.OfSize(TextSize);
        float free = area.Top;
        foreach ((string name, double value, SKColor color) in lines.OrderByDescending(line => line.Y))
        {
            using SKPaint paint = new() { Color = color, IsAntialias = true };
            float height = Math.Max(PlaceY(value), free);
            canvas.DrawText(name, area.Right + 10, Centered(height, font), SKTextAlign.Left, font, paint);
            free = height + LineHeight;
        }
    }

    private static float Centered(float height, SKFont font) => height - ((font.Metrics.Ascent + font.Metrics.Descent) / 2);

    private float PlaceX(double value) => (float)(area.Left + (area.Width * x.Share(value)));

    private float PlaceY(double value) => (float)(area.Bottom - (area.Height * y.Share(value)));
}
