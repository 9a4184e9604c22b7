using Diffusion.Points;

namespace Diffusion.Rendering.Plotting;

/// <summary>A square part of the plane, so that a unit is as long across as up.</summary>
/// <param name="CenterX">The x in the middle.</param>
/// <param name="CenterY">The y in the middle.</param>
/// <param name="Half">Half the length of a side, above 0.</param>
public sealed record PlotRange(double CenterX, double CenterY, double Half)
{
    /// <summary>Free space around the points, as a share of their extent.</summary>
    private const double Margin = 0.05;

    /// <summary>How many interquartile ranges beyond the quartiles a point may lie; of normal points one in 10¹³ lies further out.</summary>
    private const double Fence = 5;

    /// <summary>A side is at least this share of the distance from the origin: float coordinates resolve no finer range.</summary>
    private const double SmallestShare = 1e-5;

    /// <summary>The smallest x.</summary>
    public double Left => CenterX - Half;

    /// <summary>The largest x.</summary>
    public double Right => CenterX + Half;

    /// <summary>The smallest y.</summary>
    public double Bottom => CenterY - Half;

    /// <summary>The largest y.</summary>
    public double Top => CenterY + Half;

    /// <summary>
    /// The smallest range that shows all points of some sets, with a margin. Points that are not finite, or further out
    /// than five interquartile ranges beyond the quartiles of their set, do not count: one stray point hides no picture.
    /// </summary>
    public static PlotRange Around(params IEnumerable<PointSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        (double Low, double High) x = (double.MaxValue, double.MinValue);
        (double Low, double High) y = x;
        foreach (PointSet set in sets)
        {
            x = Widen(x, [.. Enumerable.Range(0, set.Count).Select(i => Coordinates.Of(set, i).X)]);
            y = Widen(y, [.. Enumerable.Range(0, set.Count).Select(i => Coordinates.Of(set, i).Y)]);
        }

        if (x.Low > x.High || y.Low > y.High)
        {
            return new PlotRange(0, 0, 1);
        }

        (double centerX, double centerY) = ((x.Low + x.High) / 2, (y.Low + y.High) / 2);
        double half = (1 + Margin) * Math.Max(x.High - x.Low, y.High - y.Low) / 2;
        double least = SmallestShare * Math.Max(Math.Abs(centerX), Math.Abs(centerY));
        return new PlotRange(centerX, centerY, Math.Max(half, least) is > 0 and var side ? side : 1);
    }

    private static (double Low, double High) Widen((double Low, double High) range, float[] values)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return range;
        }

        double lower = sorted[sorted.Length / 4];
        double upper = sorted[3 * sorted.Length / 4];
        double reach = lower < upper ? Fence * (upper - lower) : double.PositiveInfinity;
        double[] inside = [.. sorted.Select(value => (double)value).Where(value => value >= lower - reach && value <= upper + reach)];
        return (Math.Min(range.Low, inside[0]), Math.Max(range.High, inside[^1]));
    }
}
