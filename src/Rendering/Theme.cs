using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>The colours of a picture. The defaults are the light theme; point colours are told apart by colour-blind readers (Okabe and Ito 2008).</summary>
public sealed record Theme
{
    /// <summary>Dark ink on white paper.</summary>
    public static Theme Light { get; } = new();

    /// <summary>The background.</summary>
    public SKColor Paper { get; init; } = new(0xFF, 0xFF, 0xFF);

    /// <summary>Titles and labels.</summary>
    public SKColor Ink { get; init; } = new(0x1F, 0x29, 0x37);

    /// <summary>Subtitles, tick labels and other small print.</summary>
    public SKColor Muted { get; init; } = new(0x6B, 0x72, 0x80);

    /// <summary>Frames and grid lines.</summary>
    public SKColor Grid { get; init; } = new(0xE2, 0xE6, 0xEB);

    /// <summary>Points drawn from a model.</summary>
    public SKColor Samples { get; init; } = new(0x00, 0x72, 0xB2);

    /// <summary>Points of the data set.</summary>
    public SKColor Data { get; init; } = new(0xD5, 0x5E, 0x00);

    /// <summary>Points that are pure noise.</summary>
    public SKColor Noise { get; init; } = new(0x7C, 0x86, 0x96);

    /// <summary>Points shown behind others, for comparison.</summary>
    public SKColor Ghost { get; init; } = new(0xF0, 0xC9, 0xA8);

    /// <summary>The colour of points of a kind.</summary>
    /// <param name="role">What the points are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The role is none of those defined.</exception>
    public SKColor ColorOf(PointRole role) => role switch
    {
        PointRole.Samples => Samples,
        PointRole.Data => Data,
        PointRole.Noise => Noise,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "The role is not defined."),
    };
}
