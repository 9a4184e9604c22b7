namespace Diffusion;

/// <summary>Quantiles of samples.</summary>
internal static class Quantiles
{
    /// <summary>Returns a quantile, linear between the two values around it (Hyndman and Fan 1996, definition 7).</summary>
    /// <param name="sorted">The values, ascending; at least one.</param>
    /// <param name="share">The share of the values below the quantile, from 0 to 1.</param>
    public static double Linear(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        return double.Lerp(sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], position - below);
    }
}
