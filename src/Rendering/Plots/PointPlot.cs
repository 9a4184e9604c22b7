using Diffusion.Points;
using Diffusion.Rendering.Axes;
using SkiaSharp;

namespace Diffusion.Rendering.Plots;

/// <summary>Draws a set of points the way that suits its dimension.</summary>
internal static class PointPlot
{
    /// <summary>Draws one coordinate as a histogram, else the first two as a scatter of dots.</summary>
    public static void Draw(SKCanvas canvas, Viewport viewport, PointSet points, SKColor color)
    {
        if (points.Dimension == 1)
        {
            Histogram.Draw(canvas, viewport, points, color);
        }
        else
        {
            Scatter.Draw(canvas, viewport, points, color);
        }
    }
}
