using Diffusion.Points;

namespace Diffusion.Rendering.Plotting;

/// <summary>Where a point is drawn in the plane.</summary>
internal static class Coordinates
{
    /// <summary>1/φ, whose multiples fill [0, 1) evenly (Weyl 1916).</summary>
    private const double InverseGoldenRatio = 0.6180339887498949;

    /// <summary>
    /// The first two coordinates; points on a line are spread across it, evenly and always alike, so that they do not hide each other.
    /// </summary>
    public static (float X, float Y) Of(PointSet set, int index)
    {
        ReadOnlySpan<float> point = set[index];
        return (point[0], set.Dimension > 1 ? point[1] : (float)((index * InverseGoldenRatio % 1) - 0.5));
    }
}
