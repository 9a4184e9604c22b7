using Diffusion.Points;

namespace Diffusion.Rendering.Plotting;

/// <summary>How densely points lie, on a grid of cells: a histogram smoothed by a Gaussian kernel.</summary>
internal sealed class DensityGrid
{
    private const int Side = 96;

    /// <summary>The standard deviation of the kernel in cells, and how far it reaches.</summary>
    private const double Kernel = 2.5;
    private const int Reach = 7;

    private static readonly double[] Weights =
        [.. Enumerable.Range(-Reach, (2 * Reach) + 1).Select(k => Math.Exp(-0.5 * k * k / (Kernel * Kernel)))];

    private readonly PlotRange _range;
    private readonly double[] _values;

    private DensityGrid(PlotRange range, double[] values) => (_range, _values) = (range, values);

    /// <summary>The density of points, up to a factor.</summary>
    public static DensityGrid Of(PointSet points)
    {
        PlotRange range = PlotRange.Around(points);
        double[] counts = new double[Side * Side];
        for (int i = 0; i < points.Count; i++)
        {
            if (CellOf(range, points, i) is { } cell)
            {
                counts[cell]++;
            }
        }

        return new DensityGrid(range, Smooth(Smooth(counts, 1), Side));
    }

    /// <summary>The density at each point; 0 where a point is off the grid.</summary>
    public double[] At(PointSet points)
        => [.. Enumerable.Range(0, points.Count).Select(i => CellOf(_range, points, i) is { } cell ? _values[cell] : 0)];

    private static int? CellOf(PlotRange range, PointSet points, int index)
    {
        (float x, float y) = Coordinates.Of(points, index);
        return range.CellOf(x, y, Side, Side) is (int row, int column) ? (row * Side) + column : null;
    }

    /// <summary>Smooths along one direction, in which neighbours are a stride apart.</summary>
    private static double[] Smooth(double[] values, int stride)
    {
        double[] smooth = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int place = i / stride % Side;
            for (int k = Math.Max(-Reach, -place); k <= Math.Min(Reach, Side - 1 - place); k++)
            {
                smooth[i] += Weights[k + Reach] * values[i + (k * stride)];
            }
        }

        return smooth;
    }
}
