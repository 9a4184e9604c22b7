using System.Runtime.InteropServices;
using Diffusion.Rendering.Gif;
using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>A drawn picture.</summary>
public sealed class Picture : IDisposable
{
    private const uint Opaque = 0xFF000000;
    private const int BestQuality = 100;

    /// <summary>Of 0 to 100: more takes long and saves little.</summary>
    private const float WebpEffort = 20;

    private readonly SKBitmap _bitmap;

    private Picture(SKBitmap bitmap) => _bitmap = bitmap;

    /// <summary>The width in pixels.</summary>
    public int Width => _bitmap.Width;

    /// <summary>The height in pixels.</summary>
    public int Height => _bitmap.Height;

    /// <summary>The pixels as 0xAARRGGBB, row by row, <c>[height, width]</c>.</summary>
    public ReadOnlySpan<uint> Pixels => MemoryMarshal.Cast<byte, uint>(_bitmap.GetPixelSpan());

    /// <summary>Writes the picture as PNG.</summary>
    public void WritePng(Stream stream)
    {
        using SKData data = _bitmap.Encode(SKEncodedImageFormat.Png, BestQuality);
        data.SaveTo(stream);
    }

    /// <summary>Writes pictures of one size as an animated WebP without loss, which loops forever.</summary>
    internal static void WriteWebp(Stream stream, IReadOnlyList<(Picture Picture, TimeSpan Duration)> frames)
    {
        // Skia must not meet an exception of the stream's: it would end the program.
        using MemoryStream written = new();
        SKWebpEncoderFrame[] encoded = [.. frames.Select(frame => new SKWebpEncoderFrame(frame.Picture._bitmap, frame.Duration))];
        if (!SKWebpEncoder.EncodeAnimated(written, encoded, new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, WebpEffort)))
        {
            throw new InvalidOperationException("The WebP encoder failed.");
        }

        written.WriteTo(stream);
    }

    /// <inheritdoc/>
    public void Dispose() => _bitmap.Dispose();

    /// <summary>Draws a picture.</summary>
    /// <param name="width">The width in units; a unit is <paramref name="scale"/> pixels.</param>
    /// <param name="height">The height in units.</param>
    /// <param name="scale">Pixels per unit.</param>
    /// <param name="draw">Draws in units.</param>
    internal static Picture Draw(float width, float height, float scale, Action<SKCanvas> draw)
    {
        SKImageInfo pixels = new((int)Math.Round(width * scale), (int)Math.Round(height * scale), SKColorType.Bgra8888, SKAlphaType.Premul);
        Picture picture = new(new SKBitmap(pixels));
        try
        {
            picture.DrawOn(scale, draw);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    /// <summary>Replaces every pixel by the nearest colour of a palette.</summary>
    internal void Snap(GifPalette palette)
    {
        foreach (ref uint pixel in MemoryMarshal.Cast<byte, uint>(_bitmap.GetPixelSpan()))
        {
            pixel = Opaque | palette.Colors[palette.IndexOf(pixel)];
        }
    }

    /// <summary>A picture with the same pixels.</summary>
    internal Picture Copy() => new(_bitmap.Copy());

    /// <summary>
    /// Replaces the pixels by those of a picture of the same size, and draws on them. New
    /// memory for each would take longer than the drawing.
    /// </summary>
    /// <param name="background">What is behind the drawing.</param>
    /// <param name="scale">Pixels per unit.</param>
    /// <param name="draw">Draws in units.</param>
    internal void DrawAnew(Picture background, float scale, Action<SKCanvas> draw)
    {
        background._bitmap.GetPixelSpan().CopyTo(_bitmap.GetPixelSpan());
        DrawOn(scale, draw);
    }

    private void DrawOn(float scale, Action<SKCanvas> draw)
    {
        using SKCanvas canvas = new(_bitmap);
        canvas.Scale(scale);
        draw(canvas);
    }
}
