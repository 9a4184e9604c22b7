using SkiaSharp;

namespace Diffusion.Rendering.Axes;

/// <summary>Places a range on a rectangle of pixels with equal scales on both axes; where the rectangle is longer one way, more is seen that way.</summary>
/// <param name="range">The square that is shown in full.</param>
/// <param name="pixels">The rectangle it is shown on.</param>
internal readonly struct Viewport(PlotRange range, SKRect pixels)
{
    /// <summary>The rectangle.</summary>
    public SKRect Pixels { get; } = pixels;

    /// <summary>Pixels per unit.</summary>
    public double Scale { get; } = Math.Min(pixels.Width, pixels.Height) / (2 * range.HalfSide);

    /// <summary>The smallest and largest first coordinate in view.</summary>
    public (double Low, double High) VisibleX => (range.CenterX - (Pixels.Width / Scale / 2), range.CenterX + (Pixels.Width / Scale / 2));

    /// <summary>The smallest and largest second coordinate in view.</summary>
    public (double Low, double High) VisibleY => (range.CenterY - (Pixels.Height / Scale / 2), range.CenterY + (Pixels.Height / Scale / 2));

    /// <summary>Where a point lies on the picture; its second coordinate grows upwards.</summary>
    public SKPoint Place(double x, double y) => new(
        (float)(Pixels.MidX + ((x - range.CenterX) * Scale)),
        (float)(Pixels.MidY - ((y - range.CenterY) * Scale)));
}
