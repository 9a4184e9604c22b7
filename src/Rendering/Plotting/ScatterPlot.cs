using Diffusion.Points;
using SkiaSharp;

namespace Diffusion.Rendering.Plotting;

/// <summary>Draws points into a square of a sheet.</summary>
/// <param name="sheet">What to draw on.</param>
/// <param name="range">What part of the plane is shown.</param>
/// <param name="area">The square.</param>
internal sealed class ScatterPlot(Sheet sheet, PlotRange range, SKRect area)
{
    private const int FewestTicks = 3;
    private const float TickLength = 3;
    private const float TickTextSize = 10;
    private const float TickGap = 6;

    /// <summary>Draws the frame.</summary>
    public void DrawFrame() => sheet.Outline(area, sheet.Theme.Grid);

    /// <summary>Draws labelled ticks below the frame.</summary>
    public void DrawHorizontalTicks()
    {
        foreach (double tick in HorizontalTicks())
        {
            float x = At(tick, 0).X;
            sheet.Line(x, area.Bottom, x, area.Bottom + TickLength, sheet.Theme.Muted);
            sheet.Text(Ticks.Label(tick), x, area.Bottom + TickLength + TickTextSize, TickTextSize, sheet.Theme.Muted, SKTextAlign.Center);
        }
    }

    /// <summary>Draws labelled ticks to the left of the frame.</summary>
    public void DrawVerticalTicks()
    {
        foreach (double tick in Ticks.Linear(range.Bottom, range.Top, FewestTicks))
        {
            float y = At(0, tick).Y;
            sheet.Line(area.Left - TickLength, y, area.Left, y, sheet.Theme.Muted);
            sheet.TextBeside(Ticks.Label(tick), area.Left - TickLength - 2, y, TickTextSize, sheet.Theme.Muted, SKTextAlign.Right);
        }
    }

    /// <summary>As many round numbers as there is room for side by side.</summary>
    private IReadOnlyList<double> HorizontalTicks()
    {
        for (int least = FewestTicks; ; least--)
        {
            IReadOnlyList<double> ticks = Ticks.Linear(range.Left, range.Right, least);
            if (least == 1 || ticks.Sum(tick => Sheet.WidthOf(Ticks.Label(tick), TickTextSize) + TickGap) < area.Width)
            {
                return ticks;
            }
        }
    }

    /// <summary>Draws points; those outside the range, or nowhere, are left out.</summary>
    /// <param name="points">The points, <c>[n, d]</c>, of which the first two coordinates are shown.</param>
    /// <param name="color">The colour of a point.</param>
    /// <param name="diameter">The diameter of a point.</param>
    public void DrawPoints(PointSet points, SKColor color, float diameter)
        => sheet.Within(area, () => sheet.Dots([.. Places(points).Where(IsSomewhere)], color, diameter));

    /// <summary>Where each point of a set is drawn, be it anywhere or nowhere.</summary>
    public SKPoint[] Places(PointSet points)
    {
        SKPoint[] places = new SKPoint[points.Count];
        for (int i = 0; i < places.Length; i++)
        {
            (float x, float y) = Coordinates.Of(points, i);
            places[i] = At(x, y);
        }

        return places;
    }

    /// <summary>Whether a place can be drawn: Skia draws nothing at all where one point of many is not finite.</summary>
    public static bool IsSomewhere(SKPoint place) => float.IsFinite(place.X) && float.IsFinite(place.Y);

    /// <summary>Where a place of the plane is on the sheet.</summary>
    public SKPoint At(double x, double y) => new(
        (float)(area.Left + (area.Width * (x - range.Left) / (2 * range.HalfX))),
        (float)(area.Bottom - (area.Height * (y - range.Bottom) / (2 * range.HalfY))));
}
