using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>The colours of a picture. The point colours are from the palette of Okabe and Ito (2008), which the colour-blind can tell apart.</summary>
public sealed record Theme
{
    /// <summary>Dark on white.</summary>
    public static Theme Light { get; } = new();

    /// <summary>The background.</summary>
    public SKColor Paper { get; init; } = new(0xFF, 0xFF, 0xFF);

    /// <summary>Titles and lines that matter.</summary>
    public SKColor Ink { get; init; } = new(0x1F, 0x24, 0x2B);

    /// <summary>Labels.</summary>
    public SKColor Muted { get; init; } = new(0x6A, 0x72, 0x7D);

    /// <summary>Frames and grid lines.</summary>
    public SKColor Grid { get; init; } = new(0xDF, 0xE3, 0xE8);

    /// <summary>Points that a model made, or is making.</summary>
    public SKColor Samples { get; init; } = new(0x00, 0x72, 0xB2);

    /// <summary>Points of the data.</summary>
    public SKColor Data { get; init; } = new(0xD5, 0x5E, 0x00);
}
