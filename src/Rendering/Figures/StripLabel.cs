using System.Globalization;
using Diffusion.Schedules;

namespace Diffusion.Rendering.Figures;

/// <summary>What stands above a panel of a strip.</summary>
internal static class StripLabel
{
    /// <summary>The time t = i + 1 and ᾱ there.</summary>
    public static string Of(double index, double alphaBar)
        => string.Create(CultureInfo.InvariantCulture, $"t = {index - NoiseSchedule.CleanIndex:0.#}   ᾱ = {alphaBar:0.###}");
}
