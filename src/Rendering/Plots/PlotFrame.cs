using Diffusion.Rendering.Axes;
using Diffusion.Rendering.Fonts;
using SkiaSharp;

namespace Diffusion.Rendering.Plots;

/// <summary>The quiet parts of a plot: grid lines, the frame and labels of ticks.</summary>
/// <param name="Theme">The colours.</param>
/// <param name="Area">The rectangle of the plot.</param>
internal readonly record struct PlotFrame(Theme Theme, SKRect Area)
{
    public const float TickLabelSize = 11;

    private const float BelowArea = 15;
    private const float LeftOfArea = 6;

    /// <summary>How far below its middle the baseline of a line of text lies, relative to the size of the font.</summary>
    private const float MiddleToBaseline = 0.36f;

    /// <summary>A vertical line across the plot.</summary>
    public void GridLineAtX(SKCanvas canvas, float x) => Line(canvas, new SKPoint(x, Area.Top), new SKPoint(x, Area.Bottom));

    /// <summary>A horizontal line across the plot.</summary>
    public void GridLineAtY(SKCanvas canvas, float y) => Line(canvas, new SKPoint(Area.Left, y), new SKPoint(Area.Right, y));

    /// <summary>The outline of the plot.</summary>
    public void Outline(SKCanvas canvas)
    {
        using SKPaint paint = Hairline();
        canvas.DrawRect(Area, paint);
    }

    /// <summary>The label of a tick below the plot.</summary>
    public void LabelAtX(SKCanvas canvas, float x, string text)
        => new Label(text, TickLabelSize, Theme.Muted).Draw(canvas, x, Area.Bottom + BelowArea, SKTextAlign.Center);

    /// <summary>The label of a tick to the left of the plot.</summary>
    public void LabelAtY(SKCanvas canvas, float y, string text)
        => new Label(text, TickLabelSize, Theme.Muted).Draw(canvas, Area.Left - LeftOfArea, y + (MiddleToBaseline * TickLabelSize), SKTextAlign.Right);

    private void Line(SKCanvas canvas, SKPoint from, SKPoint to)
    {
        using SKPaint paint = Hairline();
        canvas.DrawLine(from, to, paint);
    }

    private SKPaint Hairline() => new() { Color = Theme.Grid, IsAntialias = true, IsStroke = true, StrokeWidth = 1 };
}
