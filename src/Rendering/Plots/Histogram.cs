using Diffusion.Points;
using Diffusion.Rendering.Axes;
using SkiaSharp;

namespace Diffusion.Rendering.Plots;

/// <summary>One coordinate as bars; the tallest reaches nearly to the top.</summary>
internal static class Histogram
{
    private const int Bins = 48;
    private const float TallestBar = 0.92f;
    private const float BarWidth = 0.86f;
    private const byte Opacity = 190;

    /// <summary>Draws the first coordinate. Points out of view or not finite are left out.</summary>
    public static void Draw(SKCanvas canvas, Viewport viewport, PointSet points, SKColor color)
    {
        int[] counts = Count(viewport.VisibleX, points);
        int tallest = Math.Max(1, counts.Max());
        SKRect area = viewport.Pixels;
        float width = area.Width / Bins;
        using SKPaint paint = new() { Color = color.WithAlpha(Opacity), IsAntialias = true };
        for (int bin = 0; bin < Bins; bin++)
        {
            float left = area.Left + ((bin + ((1 - BarWidth) / 2)) * width);
            float height = TallestBar * area.Height * counts[bin] / tallest;
            canvas.DrawRect(left, area.Bottom - height, BarWidth * width, height, paint);
        }
    }

    private static int[] Count((double Low, double High) range, PointSet points)
    {
        int[] counts = new int[Bins];
        for (int i = 0; i < points.Count; i++)
        {
            double place = (points[i][0] - range.Low) / (range.High - range.Low);
            if (place is >= 0 and < 1)
            {
                counts[(int)(place * Bins)]++;
            }
        }

        return counts;
    }
}
