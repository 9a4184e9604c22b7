using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>A drawn picture.</summary>
public sealed class Picture : IDisposable
{
    private const int BestQuality = 100;

    private readonly SKBitmap _bitmap;

    private Picture(SKBitmap bitmap) => _bitmap = bitmap;

    /// <summary>The width in pixels.</summary>
    public int Width => _bitmap.Width;

    /// <summary>The height in pixels.</summary>
    public int Height => _bitmap.Height;

    /// <summary>The pixels as 0xAARRGGBB, row by row, <c>[height, width]</c>.</summary>
    public ReadOnlySpan<uint> Pixels => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(_bitmap.GetPixelSpan());

    /// <summary>Writes the picture as PNG.</summary>
    public void WritePng(Stream stream)
    {
        using SKData data = _bitmap.Encode(SKEncodedImageFormat.Png, BestQuality);
        data.SaveTo(stream);
    }

    /// <inheritdoc/>
    public void Dispose() => _bitmap.Dispose();

    /// <summary>Draws a picture.</summary>
    /// <param name="width">The width in units; a unit is <paramref name="scale"/> pixels.</param>
    /// <param name="height">The height in units.</param>
    /// <param name="scale">Pixels per unit.</param>
    /// <param name="paper">The background.</param>
    /// <param name="draw">Draws in units.</param>
    internal static Picture Draw(float width, float height, float scale, SKColor paper, Action<SKCanvas> draw)
    {
        SKImageInfo info = new((int)Math.Round(width * scale), (int)Math.Round(height * scale), SKColorType.Bgra8888, SKAlphaType.Premul);
        SKBitmap bitmap = new(info);
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(paper);
        canvas.Scale(scale);
        draw(canvas);
        return new Picture(bitmap);
    }
}
