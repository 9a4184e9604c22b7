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

    /// <summary>Lines of a chart, one colour each; where there are more lines the colours begin again.</summary>
    public IReadOnlyList<SKColor> Lines { get; init; } =
    [
        new(0x00, 0x72, 0xB2), new(0xD5, 0x5E, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7),
        new(0xE6, 0x9F, 0x00), new(0x56, 0xB4, 0xE9), new(0x1F, 0x24, 0x2B),
    ];

    /// <summary>The colour of a density: paper where there is none, through the colour of samples, to ink where it is largest.</summary>
    /// <param name="share">The density as a share of the largest, from 0 to 1.</param>
    public SKColor OfDensity(double share)
        => share < 0.5 ? Mix(Paper, Samples, 2 * share) : Mix(Samples, Ink, (2 * share) - 1);

    private static SKColor Mix(SKColor from, SKColor to, double share) => new(
        (byte)Math.Round(double.Lerp(from.Red, to.Red, share)),
        (byte)Math.Round(double.Lerp(from.Green, to.Green, share)),
        (byte)Math.Round(double.Lerp(from.Blue, to.Blue, share)));
}
