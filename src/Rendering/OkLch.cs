using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>Colours by lightness, chroma and hue, in which equal steps look equal (Ottosson 2020, OKLab).</summary>
internal static class OkLch
{
    /// <summary>The nearest colour of a screen.</summary>
    /// <param name="lightness">From 0, black, to 1, white.</param>
    /// <param name="chroma">From 0, grey, to some 0.3.</param>
    /// <param name="hue">In radians: 0 is a purplish red, π/2 yellow, π green.</param>
    public static SKColor ToColor(double lightness, double chroma, double hue)
    {
        (double sin, double cos) = Math.SinCos(hue);
        (double a, double b) = (chroma * cos, chroma * sin);
        double l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        double m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        double s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return new SKColor(
            Encode((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Encode((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Encode((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    /// <summary>Linear light as a byte of sRGB (IEC 61966-2-1).</summary>
    private static byte Encode(double linear)
    {
        double value = Math.Clamp(linear, 0, 1);
        double encoded = value <= 0.0031308 ? 12.92 * value : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(byte.MaxValue * encoded);
    }
}
