using System.Globalization;
using Diffusion.Time;

namespace Diffusion.Rendering;

/// <summary>Says which moment of the process a picture shows.</summary>
public static class MomentLabel
{
    /// <summary>Below this, three decimals would show nothing.</summary>
    private const double SmallestDecimal = 1e-3;

    /// <summary>The time t = i + 1 and ᾱ there.</summary>
    /// <param name="index">The index i, from −1, clean data.</param>
    /// <param name="alphaBar">ᾱ at that index.</param>
    public static string Of(double index, double alphaBar) => $"{Time(index)}   {AlphaBar(alphaBar)}";

    /// <summary>The time t = i + 1.</summary>
    internal static string Time(double index) => string.Create(CultureInfo.InvariantCulture, $"t = {index - NoiseSchedule.CleanIndex:0.#}");

    /// <summary>ᾱ, in powers of ten where it is small, and 1 only for clean data.</summary>
    internal static string AlphaBar(double alphaBar)
    {
        string format = alphaBar < SmallestDecimal ? "0e-0" : alphaBar > 1 - SmallestDecimal ? "0.#####" : "0.###";
        return "ᾱ = " + alphaBar.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
