using System.Globalization;

namespace Diffusion.Rendering.Plotting;

/// <summary>Round numbers to label an axis with.</summary>
public static class Ticks
{
    private const double SmallestDecimal = 1e-4;
    private const double Rounding = 1e-9;
    private const int FewestLogarithmic = 4;

    /// <summary>The least extent of an axis, relative to its ends.</summary>
    private const double SmallestExtent = 1e-9;

    private static readonly double[] LinearSteps = [5, 2, 1];

    /// <summary>Numbers within a power of ten, the densest first.</summary>
    private static readonly double[][] LogarithmicSteps = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];

    /// <summary>Multiples of 1, 2 or 5 times a power of ten: the largest step that gives enough of them.</summary>
    /// <param name="low">The lower end of the axis.</param>
    /// <param name="high">The upper end, above the lower.</param>
    /// <param name="least">How many to have at least, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not finite, or too close
    /// together for numbers to lie between them.</exception>
    public static IReadOnlyList<double> Linear(double low, double high, int least)
    {
        double resolution = SmallestExtent * Math.Max(Math.Abs(low), Math.Abs(high));
        if (!(high - low > resolution && double.IsFinite(high - low)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high),
                Invariant($"The upper end of an axis must be finite and distinctly greater than the lower end {low}; was {high}."));
        }

        int power = (int)Math.Ceiling(Math.Log10(high - low));
        while (true)
        {
            foreach (double factor in LinearSteps)
            {
                double step = factor * Math.Pow(10, power);
                double first = Math.Ceiling((low / step) - Rounding);
                double last = Math.Floor((high / step) + Rounding);
                if (last - first + 1 >= least)
                {
                    return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(k => (first + k) * step)];
                }
            }

            power--;
        }
    }

    /// <summary>
    /// Powers of ten and round numbers between them, for a logarithmic axis; where these are fewer than four, as <see cref="Linear"/>.
    /// </summary>
    /// <param name="low">The lower end of the axis, above 0.</param>
    /// <param name="high">The upper end, above the lower.</param>
    /// <param name="most">How many to have at most, where powers of ten are not more already.</param>
    public static IReadOnlyList<double> Logarithmic(double low, double high, int most)
    {
        int first = (int)Math.Floor(Math.Log10(low));
        int last = (int)Math.Ceiling(Math.Log10(high));
        double[][] choices = Array.ConvertAll(LogarithmicSteps, steps => (double[])
        [
            .. from power in Enumerable.Range(first, last - first + 1)
               from step in steps
               let tick = step * Math.Pow(10, power)
               where tick >= low && tick <= high
               select tick,
        ]);
        double[] ticks = choices.FirstOrDefault(choice => choice.Length <= most) ?? choices[^1];
        return ticks.Length >= FewestLogarithmic ? ticks : Linear(low, high, FewestLogarithmic);
    }

    /// <summary>A number as a label, with a true minus sign, and without one for zero.</summary>
    public static string Label(double value)
        => (value + 0.0)
            .ToString(value != 0 && Math.Abs(value) < SmallestDecimal ? "0.##e-0" : "0.######", CultureInfo.InvariantCulture)
            .Replace('-', '−');
}
