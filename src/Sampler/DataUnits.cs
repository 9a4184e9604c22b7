using Diffusion.Models;
using Diffusion.Points;

namespace Diffusion.Sampling;

/// <summary>Turns what the network sees back into the units of the data: x·scale + shift.</summary>
public static class DataUnits
{
    /// <summary>The points in the units of the data.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points as the network sees them, <c>[n, d]</c>.</param>
    public static PointSet Restore(DataInfo data, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(points);
        float[] restored = new float[points.Values.Length];
        Restore(data, points.Values, restored);
        return new PointSet(restored, points.Dimension, data.Columns);
    }

    /// <summary>Writes the points in the units of the data.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="x">Points as the network sees them, <c>[n, d]</c>.</param>
    /// <param name="destination">Receives the points in the units of the data, <c>[n, d]</c>.</param>
    public static void Restore(DataInfo data, ReadOnlySpan<float> x, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(data);
        x.CopyTo(destination);
        if (data.Scale is null && data.Shift is null)
        {
            return;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            int coordinate = i % data.Dimension;
            destination[i] = (float)((destination[i] * (data.Scale?[coordinate] ?? 1)) + (data.Shift?[coordinate] ?? 0));
        }
    }
}
