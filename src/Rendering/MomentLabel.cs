using System.Globalization;
using Diffusion.Points;

namespace Diffusion.Rendering;

/// <summary>A moment of a diffusion process in words.</summary>
internal static class MomentLabel
{
    private const double SmallestPlain = 0.001;
    private const double LargestThreeDecimals = 0.9995;

    /// <summary>The time of the papers, one more than the index: from T at the noisy end to 0 for clean data.</summary>
    public static string Time(Frame frame) => string.Create(CultureInfo.InvariantCulture, $"t = {frame.Timestep + 1:0.#}");

    /// <summary>ᾱ with three decimals, or as many as tell it from 0 and 1.</summary>
    public static string AlphaBar(Frame frame) => "ᾱ = " + frame.AlphaBar.ToString(
        frame.AlphaBar switch
        {
            1 => "0",
            < SmallestPlain => "0e-0",
            >= LargestThreeDecimals => "0.#####",
            _ => "0.000",
        },
        CultureInfo.InvariantCulture);
}
