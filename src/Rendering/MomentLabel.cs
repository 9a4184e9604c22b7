using System.Globalization;
using Diffusion.Time;

namespace Diffusion.Rendering;

/// <summary>Says which moment of the process a picture shows.</summary>
public static class MomentLabel
{
    /// <summary>Below this, three decimals would show nothing.</summary>
    private const double SmallestDecimal = 1e-3;

    /// <summary>Returns the time t, from 0 for clean data to T, and ᾱ there.</summary>
    /// <param name="level">The noise level of the moment.</param>
    public static string Of(NoiseLevel level) => $"{Time(level)}   {AlphaBar(level)}";

    /// <summary>The time t.</summary>
    internal static string Time(NoiseLevel level) => string.Create(CultureInfo.InvariantCulture, $"t = {level.Time:0.#}");

    /// <summary>ᾱ, in powers of ten where it is small, and 1 only for clean data.</summary>
    internal static string AlphaBar(NoiseLevel level)
    {
        double alphaBar = level.AlphaBar;
        string format = alphaBar < SmallestDecimal ? "0e-0" : alphaBar > 1 - SmallestDecimal ? "0.#####" : "0.###";
        return "ᾱ = " + alphaBar.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
