using SkiaSharp;

namespace Diffusion.Rendering.Plotting;

/// <summary>Lines over two axes.</summary>
/// <param name="sheet">What to draw on.</param>
/// <param name="area">Where on the sheet; labels stand to the left of it, above and below.</param>
/// <param name="x">The axis across.</param>
/// <param name="y">The axis up.</param>
internal sealed class LineChart(Sheet sheet, SKRect area, Axis x, Axis y)
{
    private const float TextSize = 13;
    private const float LineHeight = 18;

    /// <summary>Draws the grid, and the names and numbers of the axes.</summary>
    public void DrawAxes()
    {
        SKColor text = sheet.Theme.Muted;
        foreach (double tick in y.Ticks())
        {
            float height = PlaceY(tick);
            sheet.Line(area.Left, height, area.Right, height, sheet.Theme.Grid);
            sheet.TextBeside(Ticks.Label(tick), area.Left - 8, height, TextSize, text, SKTextAlign.Right);
        }

        foreach (double tick in x.Ticks())
        {
            sheet.Text(Ticks.Label(tick), PlaceX(tick), area.Bottom + TextSize + 8, TextSize, text, SKTextAlign.Center);
        }

        sheet.Text(x.Name, area.MidX, area.Bottom + TextSize + 31, TextSize, text, SKTextAlign.Center);
        sheet.Text(y.Name, area.Left, area.Top - 14, TextSize, text);
    }

    /// <summary>
    /// Draws a line through points, with a dot at each where dots have a size; where there is but one point it is a dot in any case.
    /// </summary>
    public void DrawLine(IEnumerable<(double X, double Y)> points, SKColor color, float width, float dot = 0)
    {
        SKPoint[] places = [.. points.Select(point => new SKPoint(PlaceX(point.X), PlaceY(point.Y)))];
        sheet.Polyline(places, color, width);
        if (dot > 0 || places.Length == 1)
        {
            sheet.Dots(places, color, Math.Max(dot, width));
        }
    }

    /// <summary>
    /// Writes the names of lines to the right of the chart, each at the height of its last point or as near to it as the others allow.
    /// </summary>
    public void DrawNames(IEnumerable<(string Name, double Y, SKColor Color)> lines)
    {
        float free = area.Top;
        foreach ((string name, double value, SKColor color) in lines.OrderByDescending(line => line.Y))
        {
            float height = Math.Max(PlaceY(value), free);
            sheet.TextBeside(name, area.Right + 10, height, TextSize, color);
            free = height + LineHeight;
        }
    }

    private float PlaceX(double value) => (float)(area.Left + (area.Width * x.Share(value)));

    private float PlaceY(double value) => (float)(area.Bottom - (area.Height * y.Share(value)));
}
