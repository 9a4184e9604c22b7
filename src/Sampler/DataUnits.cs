using Diffusion.Models;
using Diffusion.Points;

namespace Diffusion.Sampling;

/// <summary>Goes between the units of the data and what the network sees, (x − shift)/scale.</summary>
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
    /// <param name="destination">Receives the points in the units of the data, <c>[n, d]</c>; may be the same memory.</param>
    public static void Restore(DataInfo data, ReadOnlySpan<float> x, Span<float> destination)
        => Transform(data, x, destination, (value, shift, scale) => (value * scale) + shift);

    /// <summary>The points as the network sees them.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points in the units of the data, <c>[n, d]</c>.</param>
    public static PointSet Standardize(DataInfo data, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(points);
        float[] standard = new float[points.Values.Length];
        Transform(data, points.Values, standard, (value, shift, scale) => (value - shift) / scale);
        return new PointSet(standard, points.Dimension);
    }

    private static void Transform(DataInfo data, ReadOnlySpan<float> x, Span<float> destination, Func<double, double, double, double> apply)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Scale is null && data.Shift is null)
        {
            x.CopyTo(destination);
            return;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            int coordinate = i % data.Dimension;

            // The sum makes −0 a plain 0.
            destination[i] = (float)apply(x[i], data.Shift?[coordinate] ?? 0, data.Scale?[coordinate] ?? 1) + 0f;
        }
    }
}
