using System.Globalization;

namespace Diffusion.Rendering.Plotting;

/// <summary>Round numbers to label an axis with (Heckbert 1990).</summary>
public static class Ticks
{
    private static readonly double[] LinearSteps = [1, 2, 5, 10];
    private static readonly double[] LogarithmicSteps = [1, 1.5, 2, 3, 5, 7];
    private const int FewestLogarithmic = 3;

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">The lower end of the axis.</param>
    /// <param name="high">The upper end, above the lower.</param>
    /// <param name="about">About how many to have, at least 1.</param>
    public static IReadOnlyList<double> Linear(double low, double high, int about)
    {
        double rough = (high - low) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * LinearSteps.First(factor => factor * power >= rough * (1 - 1e-9));
        List<double> ticks = [];
        for (double k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (step * 1e-9); k++)
        {
            ticks.Add(k * step);
        }

        return ticks;
    }

    /// <summary>Powers of ten and round numbers between them, for a logarithmic axis; at least three in any range but a point.</summary>
    /// <param name="low">The lower end of the axis, above 0.</param>
    /// <param name="high">The upper end, above the lower.</param>
    /// <param name="most">How many to have at most.</param>
    public static IReadOnlyList<double> Logarithmic(double low, double high, int most)
    {
        int first = (int)Math.Floor(Math.Log10(low));
        int last = (int)Math.Ceiling(Math.Log10(high));
        double[] all = [.. from power in Enumerable.Range(first, last - first + 1) from factor in LogarithmicSteps select factor * Math.Pow(10, power)];
        double[] inside = [.. all.Where(tick => tick >= low && tick <= high)];
        if (inside.Length < FewestLogarithmic)
        {
            return Linear(low, high, FewestLogarithmic + 1);
        }

        return inside.Length <= most ? inside : [.. inside.Where(tick => Math.Abs(Math.Log10(tick) - Math.Round(Math.Log10(tick))) < 1e-9)];
    }

    /// <summary>A number as a label, with a true minus sign.</summary>
    public static string Label(double value)
        => Math.Round(value, 10).ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');
}
