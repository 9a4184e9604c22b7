namespace Diffusion.Rendering.Axes;

/// <summary>Ticks at multiples of 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers for graph labels").</summary>
internal static class NiceTicks
{
    /// <summary>How far past an end a tick may lie, in steps, to make up for rounding.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>All ticks within a range.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, above <paramref name="low"/>.</param>
    /// <param name="about">The number of steps to aim at. There are at least 3/5 as many ticks.</param>
    public static Tick[] Between(double low, double high, int about)
    {
        double step = NiceStep((high - low) / about);
        double first = Math.Ceiling((low / step) - Tolerance);
        double last = Math.Floor((high / step) + Tolerance);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(k => Tick.At((first + k) * step, step))];
    }

    private static double NiceStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch
        {
            < 1.5 => 1,
            < 3 => 2,
            < 7 => 5,
            _ => 10,
        };
    }
}
