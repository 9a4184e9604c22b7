using Diffusion.Points;
using Diffusion.Rendering.Axes;
using SkiaSharp;

namespace Diffusion.Rendering.Plots;

/// <summary>Points as round, half-transparent dots: where they crowd, the colour deepens.</summary>
internal static class Scatter
{
    /// <summary>The number of points at which dots have the usual size and opacity; both shrink with the fourth root of the number.</summary>
    private const double UsualCount = 1000;

    private const double UsualOpacity = 0.55;
    private const double SmallestOpacity = 0.06;
    private const double LargestOpacity = 0.85;

    /// <summary>The radius of a dot relative to the side of the plot.</summary>
    private const double UsualRadius = 1.0 / 180;

    private const double SmallestRadius = 0.6;
    private const double LargestCrowding = 1.6;

    /// <summary>Draws the first two coordinates. Points out of view or not finite are left out.</summary>
    public static void Draw(SKCanvas canvas, Viewport viewport, PointSet points, SKColor color)
    {
        double sparsity = Math.Pow(UsualCount / Math.Max(points.Count, 1), 0.25);
        double side = Math.Min(viewport.Pixels.Width, viewport.Pixels.Height);
        double radius = Math.Max(SmallestRadius, UsualRadius * side * Math.Min(sparsity, LargestCrowding));
        double opacity = Math.Clamp(UsualOpacity * sparsity, SmallestOpacity, LargestOpacity);
        using SKPaint paint = new()
        {
            Color = color.WithAlpha((byte)Math.Round(opacity * byte.MaxValue)),
            IsAntialias = true,
            StrokeCap = SKStrokeCap.Round,
            StrokeWidth = (float)(2 * radius),
        };
        canvas.DrawPoints(SKPointMode.Points, PlaceVisible(viewport, points), paint);
    }

    private static SKPoint[] PlaceVisible(Viewport viewport, PointSet points)
    {
        List<SKPoint> placed = new(points.Count);
        for (int i = 0; i < points.Count; i++)
        {
            ReadOnlySpan<float> point = points[i];
            SKPoint place = viewport.Place(point[0], point[1]);
            if (viewport.Pixels.Contains(place))
            {
                placed.Add(place);
            }
        }

        return [.. placed];
    }
}
