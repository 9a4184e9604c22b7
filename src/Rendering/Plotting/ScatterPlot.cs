using Diffusion.Points;
using Diffusion.Rendering.Fonts;
using SkiaSharp;

namespace Diffusion.Rendering.Plotting;

/// <summary>Draws points into a square of a canvas.</summary>
internal sealed class ScatterPlot
{
    /// <summary>How dark one point is; where points overlap it gets darker, which shows the density.</summary>
    private const byte PointAlpha = 150;
    private const int FewestTicks = 3;
    private const float TickLength = 3;
    private const float TickTextSize = 10;

    private readonly PlotRange _range;
    private readonly SKRect _area;
    private readonly Theme _theme;

    /// <param name="range">What part of the plane is shown.</param>
    /// <param name="area">The square on the canvas.</param>
    /// <param name="theme">The colours.</param>
    public ScatterPlot(PlotRange range, SKRect area, Theme theme)
    {
        _range = range;
        _area = area;
        _theme = theme;
    }

    /// <summary>Draws the frame.</summary>
    public void DrawFrame(SKCanvas canvas)
    {
        using SKPaint line = new() { Color = _theme.Grid, Style = SKPaintStyle.Stroke, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawRect(_area, line);
    }

    /// <summary>Draws labelled ticks below the frame.</summary>
    public void DrawHorizontalTicks(SKCanvas canvas) => DrawTicks(canvas, _range.Left, _range.Right, (value, label, line, text, font) =>
    {
        float x = X(value);
        canvas.DrawLine(x, _area.Bottom, x, _area.Bottom + TickLength, line);
        canvas.DrawText(label, x, _area.Bottom + TickLength + TickTextSize, SKTextAlign.Center, font, text);
    });

    /// <summary>Draws labelled ticks to the left of the frame.</summary>
    public void DrawVerticalTicks(SKCanvas canvas) => DrawTicks(canvas, _range.Bottom, _range.Top, (value, label, line, text, font) =>
    {
        float y = Y(value);
        canvas.DrawLine(_area.Left - TickLength, y, _area.Left, y, line);
        canvas.DrawText(label, _area.Left - TickLength - 2, y - ((font.Metrics.Ascent + font.Metrics.Descent) / 2), SKTextAlign.Right, font, text);
    });

    /// <summary>Draws points; those outside the range, or nowhere, are left out.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="points">The points, <c>[n, d]</c>, of which the first two coordinates are shown.</param>
    /// <param name="color">The colour of a point.</param>
    /// <param name="diameter">The diameter of a point.</param>
    public void DrawPoints(SKCanvas canvas, PointSet points, SKColor color, float diameter)
    {
        // Skia draws nothing at all where one point of many is not finite.
        SKPoint[] places =
        [
            .. Enumerable.Range(0, points.Count).Select(i => Coordinates.Of(points, i))
                .Where(place => float.IsFinite(place.X) && float.IsFinite(place.Y))
                .Select(place => new SKPoint(X(place.X), Y(place.Y))),
        ];

        using SKPaint paint = new() { Color = color.WithAlpha(PointAlpha), StrokeWidth = diameter, StrokeCap = SKStrokeCap.Round, IsAntialias = true };
        canvas.Save();
        canvas.ClipRect(_area);
        canvas.DrawPoints(SKPointMode.Points, places, paint);
        canvas.Restore();
    }

    private void DrawTicks(SKCanvas canvas, double low, double high, Action<double, string, SKPaint, SKPaint, SKFont> draw)
    {
        using SKPaint line = new() { Color = _theme.Muted, Style = SKPaintStyle.Stroke, StrokeWidth = 1, IsAntialias = true };
        using SKPaint text = new() { Color = _theme.Muted, IsAntialias = true };
        using SKFont font = LabelFont.OfSize(TickTextSize);
        foreach (double tick in Ticks.Linear(low, high, FewestTicks))
        {
            draw(tick, Ticks.Label(tick), line, text, font);
        }
    }

    private float X(double value) => (float)(_area.Left + (_area.Width * (value - _range.Left) / (2 * _range.Half)));

    private float Y(double value) => (float)(_area.Bottom - (_area.Height * (value - _range.Bottom) / (2 * _range.Half)));
}
