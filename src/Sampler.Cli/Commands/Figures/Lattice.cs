using Diffusion.Points;
using Diffusion.Rendering.Plotting;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>Places that are spread evenly over a part of the plane.</summary>
internal static class Lattice
{
    /// <summary>The middle of every cell, row by row from the top left, <c>[side², 2]</c>.</summary>
    /// <param name="range">The part of the plane.</param>
    /// <param name="side">The cells along a side.</param>
    public static PointSet Of(PlotRange range, int side)
    {
        float[] centers = new float[2 * side * side];
        for (int k = 0; k < side * side; k++)
        {
            (int row, int column) = (k / side, k % side);
            centers[2 * k] = (float)double.Lerp(range.Left, range.Right, (column + 0.5) / side);
            centers[(2 * k) + 1] = (float)double.Lerp(range.Top, range.Bottom, (row + 0.5) / side);
        }

        return new PointSet(centers, 2);
    }
}
