using Diffusion.Points;

namespace Diffusion.Rendering.Plotting;

/// <summary>A part of the plane that is drawn as a square.</summary>
/// <param name="CenterX">The x in the middle.</param>
/// <param name="CenterY">The y in the middle.</param>
/// <param name="HalfX">Half the extent in x, above 0.</param>
/// <param name="HalfY">Half the extent in y, above 0; mostly the same, so that a unit is as long across as up.</param>
public sealed record PlotRange(double CenterX, double CenterY, double HalfX, double HalfY)
{
    /// <summary>Free space around the points, as a share of their extent.</summary>
    private const double Margin = 0.05;

    /// <summary>
    /// How many interquartile ranges beyond the quartiles a point may lie; of normal points one in 10¹³ lies further out.
    /// </summary>
    private const double Fence = 5;

    /// <summary>A side is at least this share of the distance from the origin: float coordinates resolve no finer range.</summary>
    private const double SmallestShare = 1e-5;

    /// <summary>Where one extent is more than this many times the other, as age against income, each fills its side.</summary>
    private const double MostUnequal = 5;

    /// <summary>The smallest x.</summary>
    public double Left => CenterX - HalfX;

    /// <summary>The largest x.</summary>
    public double Right => CenterX + HalfX;

    /// <summary>The smallest y.</summary>
    public double Bottom => CenterY - HalfY;

    /// <summary>The largest y.</summary>
    public double Top => CenterY + HalfY;

    /// <summary>
    /// The smallest range that shows all points of some sets, with a margin. A unit is as long across as up, unless the
    /// extents are too unequal for that or the points lie on a line. Points that are not finite, or further out than five
    /// interquartile ranges beyond the quartiles of their set, do not count: one stray point hides no picture.
    /// </summary>
    public static PlotRange Around(params IEnumerable<PointSet> sets) => Enclose(sets, Inside);

    /// <summary>
    /// The range for points on their way from noise to data: all of the data, and of the noise so much that its outermost
    /// points leave the picture.
    /// </summary>
    /// <param name="prior">The noise, in the units of the data.</param>
    /// <param name="ends">The points it becomes, and those it should become.</param>
    public static PlotRange OfRun(PointSet prior, params IEnumerable<PointSet> ends)
    {
        PlotRange bulk = Enclose([prior], Bulk);
        PlotRange data = Around(ends);
        return Fit(
            (Math.Min(bulk.Left, data.Left), Math.Max(bulk.Right, data.Right)),
            (Math.Min(bulk.Bottom, data.Bottom), Math.Max(bulk.Top, data.Top)),
            margin: 0,
            isLine: prior.Dimension == 1);
    }

    /// <summary>
    /// The cell of a place where the range is cut into rows, from the top, and columns; null where the place is outside or nowhere.
    /// </summary>
    internal (int Row, int Column)? CellOf(double x, double y, int rows, int columns)
    {
        double column = columns * (x - Left) / (2 * HalfX);
        double row = rows * (Top - y) / (2 * HalfY);
        return column >= 0 && column < columns && row >= 0 && row < rows ? ((int)row, (int)column) : null;
    }

    private static PlotRange Enclose(IEnumerable<PointSet> sets, Func<float[], (double Low, double High)> extentOf)
    {
        ArgumentNullException.ThrowIfNull(sets);
        (double Low, double High) x = (double.MaxValue, double.MinValue);
        (double Low, double High) y = x;
        bool isLine = false;
        foreach (PointSet set in sets)
        {
            x = Widen(x, [.. Enumerable.Range(0, set.Count).Select(i => Coordinates.Of(set, i).X)], extentOf);
            y = Widen(y, [.. Enumerable.Range(0, set.Count).Select(i => Coordinates.Of(set, i).Y)], extentOf);
            isLine |= set.Dimension == 1;
        }

        return x.Low > x.High || y.Low > y.High ? new PlotRange(0, 0, 1, 1) : Fit(x, y, Margin, isLine);
    }

    private static PlotRange Fit((double Low, double High) x, (double Low, double High) y, double margin, bool isLine)
    {
        (double centerX, double halfX) = Side(x, margin);
        (double centerY, double halfY) = Side(y, margin);
        if (!isLine && Math.Max(halfX, halfY) <= MostUnequal * Math.Min(halfX, halfY))
        {
            halfX = halfY = Math.Max(halfX, halfY);
        }

        return new PlotRange(centerX, centerY, halfX > 0 ? halfX : halfY > 0 ? halfY : 1, halfY > 0 ? halfY : halfX > 0 ? halfX : 1);
    }

    private static (double Center, double Half) Side((double Low, double High) extent, double margin)
    {
        double center = (extent.Low + extent.High) / 2;
        return (center, Math.Max((1 + margin) * (extent.High - extent.Low) / 2, SmallestShare * Math.Abs(center)));
    }

    private static (double Low, double High) Widen(
        (double Low, double High) range, float[] values, Func<float[], (double Low, double High)> extentOf)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return range;
        }

        (double low, double high) = extentOf(sorted);
        return (Math.Min(range.Low, low), Math.Max(range.High, high));
    }

    /// <summary>The ends of sorted values that are not too far out.</summary>
    private static (double Low, double High) Inside(float[] sorted)
    {
        double lower = sorted[sorted.Length / 4];
        double upper = sorted[3 * sorted.Length / 4];
        double reach = lower < upper ? Fence * (upper - lower) : double.PositiveInfinity;
        return (sorted.First(value => value >= lower - reach), sorted.Last(value => value <= upper + reach));
    }

    /// <summary>All but the lowest and the highest fortieth of sorted values.</summary>
    private static (double Low, double High) Bulk(float[] sorted) => (sorted[sorted.Length / 40], sorted[^((sorted.Length / 40) + 1)]);
}
