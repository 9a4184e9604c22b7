using SkiaSharp;

namespace Diffusion.Rendering.Fonts;

/// <summary>The one font of all pictures, carried in the assembly so that text looks the same on a machine without fonts.</summary>
internal static class LabelFont
{
    private const string Resource = "Diffusion.Rendering.Fonts.Inter-Regular.otf";

    private static readonly Lazy<SKTypeface> Typeface = new(Load);

    /// <summary>The font at a size in pixels. Unhinted, so that text keeps its width at any scale.</summary>
    public static SKFont Create(float size) => new(Typeface.Value, size)
    {
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Subpixel = true,
    };

    private static SKTypeface Load()
    {
        using Stream stream = typeof(LabelFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its font {Resource}.");
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The font {Resource} cannot be read.");
    }
}
