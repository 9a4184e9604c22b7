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

    /// <summary>The smallest x.</summary>
    public double Left => CenterX - Half;

    /// <summary>The largest x.</summary>
    public double Right => CenterX + Half;

    /// <summary>The smallest y.</summary>
    public double Bottom => CenterY - Half;

    /// <summary>The largest y.</summary>
    public double Top => CenterY + Half;

    /// <summary>The smallest range that shows all points of some sets, with a margin.</summary>
    public static PlotRange Around(params IEnumerable<PointSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        (double left, double right, double bottom, double top) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        foreach (PointSet set in sets)
        {
            for (int i = 0; i < set.Count; i++)
            {
                (float x, float y) = Coordinates.Of(set, i);
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (bottom, top) = (Math.Min(bottom, y), Math.Max(top, y));
            }
        }

        double half = Math.Max(right - left, top - bottom) / 2;
        return new PlotRange((left + right) / 2, (bottom + top) / 2, half > 0 ? half * (1 + Margin) : 1);
    }
}
