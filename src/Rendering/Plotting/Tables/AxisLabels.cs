using Diffusion.Tables;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>Round numbers and times along an axis, as they stand in a file.</summary>
internal static class AxisLabels
{
    private const int Fewest = 3;

    /// <summary>Of decimals that a label needs, some can be a rounding error.</summary>
    private const int MostDecimals = 8;

    private const double Rounding = 1e-9;

    /// <summary>Returns labels and the numbers that they stand at, ascending.</summary>
    /// <param name="format">How the numbers of the column stand in a file.</param>
    /// <param name="low">The lower end of the axis.</param>
    /// <param name="high">The upper end, above the lower.</param>
    public static IReadOnlyList<PlotTick> Of(CellFormat format, double low, double high)
        => format is TimeFormat time
            ? [.. TimeTicks.Of(time, low, high, Fewest).Select(units => new PlotTick(units, time.Print(units)))]
            : [.. Ticks.Linear(low, high, Fewest).Select(tick => new PlotTick(tick, Print((DecimalFormat)format, tick)))];

    private static string Print(DecimalFormat format, double tick)
    {
        int decimals = 0;
        while (decimals < MostDecimals && Math.Abs(tick - Math.Round(tick, decimals)) > Rounding * Math.Abs(tick))
        {
            decimals++;
        }

        string label = Math.Abs(tick) < Math.Pow(10, -MostDecimals) && tick != 0
            ? Ticks.Label(tick)
            : (format with { Places = decimals, IsPadded = false }).Print(Math.Round(tick, decimals));
        return label.StartsWith('-') ? $"−{label[1..]}" : label;
    }
}
