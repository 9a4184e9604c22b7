using SkiaSharp;

namespace Diffusion.Rendering.Fonts;

/// <summary>The font of all labels. The program carries it, so that labels look the same on a machine without fonts.</summary>
internal static class LabelFont
{
    private const string Resource = "Diffusion.Rendering.Fonts.Inter-Regular.otf";

    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    /// <summary>The font in a size in pixels.</summary>
    public static SKFont OfSize(float size) => new(Typeface.Value, size) { Subpixel = true, Edging = SKFontEdging.Antialias };

    private static SKTypeface Load()
    {
        using Stream stream = typeof(LabelFont).Assembly.GetManifestResourceStream(Resource)!;
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
