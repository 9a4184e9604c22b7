namespace Diffusion.CommandLine;

/// <summary>A curve in a line of text.</summary>
public static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values on a logarithmic scale from the least to the largest, each character the mean of its part of them.</summary>
    /// <param name="values">The values, finite and above 0.</param>
    /// <param name="width">The number of characters at most.</param>
    public static string Of(IReadOnlyList<float> values, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        int count = Math.Min(width, values.Count);
        double[] means = [.. Enumerable.Range(0, count)
            .Select(k => Mean(values, (int)((long)values.Count * k / count), (int)((long)values.Count * (k + 1) / count)))];
        if (count == 0)
        {
            return "";
        }

        (double low, double high) = (Math.Log(means.Min()), Math.Log(means.Max()));
        return string.Concat(
            means.Select(mean => Bars[high > low ? (int)Math.Round((Bars.Length - 1) * (Math.Log(mean) - low) / (high - low)) : 0]));
    }

    /// <summary>Draws shares on a linear scale from 0 to the largest, a character each.</summary>
    /// <param name="shares">The shares, at least 0.</param>
    public static string OfShares(IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        double largest = shares.DefaultIfEmpty().Max();
        return string.Concat(shares.Select(share => Bars[largest > 0 ? (int)Math.Round((Bars.Length - 1) * share / largest) : 0]));
    }

    private static double Mean(IReadOnlyList<float> values, int first, int end)
    {
        double sum = 0;
        for (int i = first; i < end; i++)
        {
            sum += values[i];
        }

        return sum / (end - first);
    }
}
