using System.Globalization;

namespace Diffusion.Rendering.Axes;

/// <summary>A labelled place on an axis.</summary>
/// <param name="Value">The place.</param>
/// <param name="Label">The value as text.</param>
internal readonly record struct Tick(double Value, string Label)
{
    private const int MostDecimals = 6;
    private const double LargestPlain = 1e7;

    /// <summary>A tick labelled with as many decimals as the distance to the next tick calls for.</summary>
    public static Tick At(double value, double step)
    {
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step)));
        string format = decimals > MostDecimals || Math.Abs(value) >= LargestPlain ? "0.###e-0" : "#,0." + new string('0', decimals);
        return new Tick(value, value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−'));
    }
}
