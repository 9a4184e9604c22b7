using Diffusion.Points;

namespace Diffusion.Rendering.Axes;

/// <summary>The square of the plane that a plot shows, in the units of the points.</summary>
/// <param name="CenterX">The middle of the first coordinate.</param>
/// <param name="CenterY">The middle of the second coordinate.</param>
/// <param name="HalfSide">Half the side of the square, greater than 0.</param>
public readonly record struct PlotRange(double CenterX, double CenterY, double HalfSide)
{
    /// <summary>How many quartile distances past a quartile a point may lie: Tukey's fence for far-out values, 4.7 standard deviations of a Gaussian.</summary>
    private const double Fence = 3;

    private const double Margin = 1.04;

    /// <summary>A range centred on the origin is preferred where it is at most this much larger.</summary>
    private const double OriginTolerance = 1.3;

    /// <summary>Quartiles are taken from about this many points.</summary>
    private const int QuartilePoints = 20_000;

    /// <summary>What is shown where there is no finite point.</summary>
    private static readonly PlotRange Empty = new(0, 0, 4);

    /// <summary>
    /// The range that shows all sets on the same axes. Far-out points, such as those of a network that diverges,
    /// do not widen it; points of <paramref name="data"/> always do. Coordinates that are not finite are passed over.
    /// </summary>
    /// <param name="sets">The sets of points, <c>[n, d]</c> each; of one coordinate where d = 1, else the first two count.</param>
    /// <param name="data">A set to show in full, or none.</param>
    public static PlotRange Fit(IReadOnlyCollection<PointSet> sets, PointSet? data = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        (double Low, double High)? x = Extent(sets, data, 0);
        (double Low, double High)? y = Extent(sets, data, 1);
        if ((x ?? y) is null)
        {
            return Empty;
        }

        (double left, double right) = x ?? (0, 0);
        (double bottom, double top) = y ?? (0, 0);
        double tight = Math.Max(right - left, top - bottom) / 2;
        double aroundOrigin = Math.Max(Math.Max(-left, right), Math.Max(-bottom, top));
        return aroundOrigin <= OriginTolerance * tight
            ? new PlotRange(0, 0, Margin * aroundOrigin)
            : new PlotRange((left + right) / 2, (bottom + top) / 2, tight > 0 ? Margin * tight : 1);
    }

    private static (double Low, double High)? Extent(IReadOnlyCollection<PointSet> sets, PointSet? data, int axis)
    {
        (double lowest, double highest) = Fences(sets, axis);
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        Include(sets.SelectMany(set => Coordinates(set, axis)).Where(value => value >= lowest && value <= highest));
        Include(data is null ? [] : Coordinates(data, axis));
        return low <= high ? (low, high) : null;

        void Include(IEnumerable<double> values)
        {
            foreach (double value in values)
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }
    }

    private static (double Lowest, double Highest) Fences(IReadOnlyCollection<PointSet> sets, int axis)
    {
        long total = sets.Sum(set => (long)set.Count);
        int stride = (int)Math.Max(1, total / QuartilePoints);
        double[] values = [.. sets.SelectMany(set => Coordinates(set, axis, stride))];
        if (values.Length == 0)
        {
            return (0, 0);
        }

        Array.Sort(values);
        double lower = values[values.Length / 4];
        double upper = values[values.Length * 3 / 4];
        return (lower - (Fence * (upper - lower)), upper + (Fence * (upper - lower)));
    }

    private static IEnumerable<double> Coordinates(PointSet set, int axis, int stride = 1)
    {
        for (int i = 0; axis < set.Dimension && i < set.Count; i += stride)
        {
            if (float.IsFinite(set[i][axis]))
            {
                yield return set[i][axis];
            }
        }
    }
}
