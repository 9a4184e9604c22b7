using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>A finished drawing, kept as shapes: it can be written at any scale.</summary>
public sealed class Picture : IDisposable
{
    private const int PngQuality = 100;

    private readonly SKPicture _drawing;

    private Picture(int width, int height, SKPicture drawing)
    {
        Width = width;
        Height = height;
        _drawing = drawing;
    }

    /// <summary>The width at scale 1, in pixels.</summary>
    public int Width { get; }

    /// <summary>The height at scale 1, in pixels.</summary>
    public int Height { get; }

    /// <summary>Writes a PNG file.</summary>
    /// <param name="stream">Receives the file; it is left open.</param>
    /// <param name="scale">Pixels per unit, from 0.25 to 8; 2 suits a high-resolution screen.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is out of range.</exception>
    public void WritePng(Stream stream, double scale = 2)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (scale is not (>= 0.25 and <= 8))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be from 0.25 to 8.");
        }

        using SKBitmap bitmap = new((int)Math.Round(Width * scale), (int)Math.Round(Height * scale), SKColorType.Bgra8888, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(bitmap))
        {
            canvas.Scale((float)scale);
            canvas.DrawPicture(_drawing);
        }

        using SKData file = bitmap.Encode(SKEncodedImageFormat.Png, PngQuality);
        file.SaveTo(stream);
    }

    /// <summary>Writes an SVG file. Text is in it as outlines, so that no font is needed to show it.</summary>
    /// <param name="stream">Receives the file; it is left open.</param>
    public void WriteSvg(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream);
        canvas.DrawPicture(_drawing);
    }

    /// <summary>Releases the drawing.</summary>
    public void Dispose() => _drawing.Dispose();

    /// <summary>Records what <paramref name="draw"/> draws on paper of a size, at scale 1.</summary>
    internal static Picture Record(int width, int height, SKColor paper, Action<SKCanvas> draw)
    {
        using SKPictureRecorder recorder = new();
        SKCanvas canvas = recorder.BeginRecording(SKRect.Create(width, height));
        canvas.Clear(paper);
        draw(canvas);
        return new Picture(width, height, recorder.EndRecording());
    }
}
