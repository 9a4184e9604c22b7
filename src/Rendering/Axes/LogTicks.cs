namespace Diffusion.Rendering.Axes;

/// <summary>Ticks of a logarithmic axis: powers of ten, and within them as much as it takes to have at least three.</summary>
internal static class LogTicks
{
    private const int Fewest = 3;
    private const int Most = 9;
    private const int StepsOfNarrowRange = 5;

    private static readonly double[][] Subdivisions = [[1], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]];

    /// <summary>All ticks within a range.</summary>
    /// <param name="low">The lower end, above 0.</param>
    /// <param name="high">The upper end, above <paramref name="low"/>.</param>
    public static Tick[] Between(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low));
        int last = (int)Math.Floor(Math.Log10(high));
        int stride = 1 + ((last - first) / Most);
        foreach (double[] factors in Subdivisions)
        {
            Tick[] ticks =
            [
                .. from exponent in Enumerable.Range(first, last - first + 1)
                   where exponent % stride == 0
                   let power = Math.Pow(10, exponent)
                   from factor in factors
                   where factor * power >= low && factor * power <= high
                   select Tick.At(factor * power, power * (factor % 1 == 0 ? 1 : factor % 1)),
            ];
            if (ticks.Length >= Fewest)
            {
                return ticks;
            }
        }

        return NiceTicks.Between(low, high, StepsOfNarrowRange);
    }
}
