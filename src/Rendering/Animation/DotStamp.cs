using SkiaSharp;

namespace Diffusion.Rendering.Animation;

/// <summary>
/// A dot that is drawn many times: its pixels are computed once for each third of a pixel that its middle may lie at, and
/// copied from then on. The few colours at its edge are also what makes an animation small.
/// </summary>
internal sealed class DotStamp : IDisposable
{
    /// <summary>Places within a pixel, along a side.</summary>
    private const int Places = 3;

    private readonly Owner _owner = new();
    private readonly SKImage[] _images;
    private readonly int _half;

    /// <param name="color">The colour.</param>
    /// <param name="diameter">The diameter in pixels.</param>
    public DotStamp(SKColor color, float diameter)
    {
        _half = (int)Math.Ceiling(diameter / 2) + 1;
        try
        {
            _images = [.. Enumerable.Range(0, Places * Places).Select(
                k => _owner.Keep(Draw(color, diameter, (k % Places) / (float)Places, k / Places / (float)Places)))];
        }
        catch
        {
            _owner.Dispose();
            throw;
        }
    }

    /// <summary>Draws the dot.</summary>
    /// <param name="canvas">The canvas, on which a unit is a pixel.</param>
    /// <param name="middle">The middle of the dot, in pixels.</param>
    public void Draw(SKCanvas canvas, SKPoint middle)
    {
        (int left, int across) = Split(middle.X);
        (int top, int down) = Split(middle.Y);
        canvas.DrawImage(_images[(down * Places) + across], left - _half, top - _half, SKSamplingOptions.Default);
    }

    public void Dispose() => _owner.Dispose();

    private static (int Whole, int Part) Split(float place)
    {
        int parts = (int)MathF.Round(place * Places);
        int whole = (int)Math.Floor((double)parts / Places);
        return (whole, parts - (whole * Places));
    }

    private SKImage Draw(SKColor color, float diameter, float x, float y)
    {
        int side = (2 * _half) + 1;
        using SKBitmap bitmap = new(new SKImageInfo(side, side, SKColorType.Bgra8888, SKAlphaType.Premul));
        using SKCanvas canvas = new(bitmap);
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        canvas.DrawCircle(_half + x, _half + y, diameter / 2, paint);
        return SKImage.FromBitmap(bitmap);
    }
}
