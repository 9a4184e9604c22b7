using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>
/// The colours of a picture. Point and line colours are from the palette of Okabe and Ito (2008), which the colour-blind can tell apart.
/// </summary>
public sealed record Theme
{
    /// <summary>How much of a hue a screen shows at the lightnesses of angles.</summary>
    private const double AngleChroma = 0.115;
    private const double AngleSwing = 0.08;

    /// <summary>Dark on white.</summary>
    public static Theme Light { get; } = new();

    /// <summary>Light on nearly black.</summary>
    public static Theme Dark { get; } = new()
    {
        Name = "dark",
        Paper = new(0x14, 0x17, 0x1C),
        Ink = new(0xEE, 0xF1, 0xF5),
        Muted = new(0x98, 0xA1, 0xAD),
        Grid = new(0x2E, 0x34, 0x3D),
        Ghost = new(0x3D, 0x45, 0x51),
        Samples = new(0x56, 0xB4, 0xE9),
        Data = new(0xE6, 0x9F, 0x00),
        Lines =
        [
            new(0x56, 0xB4, 0xE9), new(0xE6, 0x9F, 0x00), new(0x2B, 0xB8, 0x8A), new(0xE0, 0x8F, 0xBB), new(0xE8, 0x73, 0x2C),
            new(0xF0, 0xE4, 0x42), new(0xEE, 0xF1, 0xF5),
        ],
        AngleLightness = 0.74,
    };

    /// <summary>All themes, the usual one first.</summary>
    public static IReadOnlyList<Theme> All { get; } = [Light, Dark];

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "light";

    /// <summary>The background.</summary>
    public SKColor Paper { get; init; } = new(0xFF, 0xFF, 0xFF);

    /// <summary>Titles and lines that matter.</summary>
    public SKColor Ink { get; init; } = new(0x1F, 0x24, 0x2B);

    /// <summary>Labels.</summary>
    public SKColor Muted { get; init; } = new(0x5F, 0x68, 0x74);

    /// <summary>Frames and grid lines.</summary>
    public SKColor Grid { get; init; } = new(0xDF, 0xE3, 0xE8);

    /// <summary>True points behind those that a model makes.</summary>
    public SKColor Ghost { get; init; } = new(0xD3, 0xD8, 0xDE);

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

    /// <summary>The mean lightness of the colours of angles, from 0 to 1.</summary>
    public double AngleLightness { get; init; } = 0.62;

    /// <summary>Finds a theme by its name.</summary>
    /// <exception cref="DiffusionException">There is no theme of that name.</exception>
    public static Theme Find(string name) => Catalogue.Find(All, theme => theme.Name, name, "theme");

    /// <summary>The colour of a density: paper where there is none, through the colour of samples, to ink where it is largest.</summary>
    /// <param name="share">The density as a share of the largest, from 0 to 1.</param>
    public SKColor OfDensity(double share)
        => share < 0.5 ? Mix(Paper, Samples, 2 * share) : Mix(Samples, Ink, (2 * share) - 1);

    /// <summary>The colour of text on a colour: ink or paper, whichever differs more from it in lightness.</summary>
    /// <param name="color">The colour behind the text.</param>
    internal SKColor InkOn(SKColor color)
    {
        double behind = Luma(color);
        return Math.Abs(Luma(Ink) - behind) >= Math.Abs(Luma(Paper) - behind) ? Ink : Paper;

        // ITU-R BT.709
        static double Luma(SKColor color) => (0.2126 * color.Red) + (0.7152 * color.Green) + (0.0722 * color.Blue);
    }

    /// <summary>
    /// The colour of an angle, once round for a turn. Reds are darker and greens lighter: who cannot tell them apart by hue
    /// can by lightness.
    /// </summary>
    /// <param name="angle">The angle in radians.</param>
    public SKColor OfAngle(double angle)
        => OkLch.ToColor(AngleLightness - (AngleSwing * Math.Cos(angle)), AngleChroma, angle);

    /// <summary>A colour between two others.</summary>
    /// <param name="from">The colour at 0.</param>
    /// <param name="to">The colour at 1.</param>
    /// <param name="share">How far from the one to the other, from 0 to 1.</param>
    public static SKColor Mix(SKColor from, SKColor to, double share) => new(
        (byte)Math.Round(double.Lerp(from.Red, to.Red, share)),
        (byte)Math.Round(double.Lerp(from.Green, to.Green, share)),
        (byte)Math.Round(double.Lerp(from.Blue, to.Blue, share)));
}
