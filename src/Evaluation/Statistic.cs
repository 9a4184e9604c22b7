using System.Globalization;

namespace Diffusion.Evaluation;

/// <summary>What a measure gave over several seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Spread">The standard deviation of a single value, or null where there is only one.</param>
/// <param name="Values">The value of each seed.</param>
public sealed record Statistic(double Mean, double? Spread, IReadOnlyList<double> Values)
{
    /// <summary>Digits of the spread that are shown.</summary>
    private const int SpreadDigits = 2;

    /// <summary>Digits of the mean that are shown where there is no spread.</summary>
    private const string PlainFormat = "0.####";

    private const int MostDecimals = 8;

    /// <summary>Computes mean and spread.</summary>
    /// <param name="values">The value of each seed, at least one.</param>
    public static Statistic Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        double? spread = all.Length > 1 ? Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)) : null;
        return new Statistic(mean, spread, all);
    }

    /// <summary>Mean ± spread, both to the decimals that the spread is good for.</summary>
    public override string ToString()
    {
        if (Spread is not > 0)
        {
            return Mean.ToString(PlainFormat, CultureInfo.InvariantCulture);
        }

        int decimals = Math.Clamp(SpreadDigits - 1 - (int)Math.Floor(Math.Log10(Spread.Value)), 0, MostDecimals);
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return $"{Mean.ToString(format, CultureInfo.InvariantCulture)} ± {Spread.Value.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
