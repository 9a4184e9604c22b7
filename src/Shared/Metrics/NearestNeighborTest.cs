using System.Numerics.Tensors;
using Diffusion.Points;

namespace Diffusion.Metrics;

/// <summary>The classifier two-sample test with one nearest neighbour, leave-one-out (Lopez-Paz and Oquab 2017).</summary>
public static class NearestNeighborTest
{
    /// <summary>
    /// The share of points whose nearest neighbour, among all others of both sets, belongs to their own set:
    /// 0.5 when the sets cannot be told apart, 1 when they lie apart, below 0.5 when one copies the other.
    /// </summary>
    /// <param name="first">Points, <c>[n, d]</c>.</param>
    /// <param name="second">As many points, <c>[n, d]</c>.</param>
    /// <exception cref="ArgumentException">The sets differ in size or dimension.</exception>
    public static double Accuracy(PointSet first, PointSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Dimension != second.Dimension)
        {
            throw new ArgumentException(
                $"Two sets of equal size and dimension are expected, were [{first.Count}, {first.Dimension}] and [{second.Count}, {second.Dimension}].", nameof(second));
        }

        float[][] coordinates = [.. Enumerable.Range(0, first.Dimension).Select(axis => Axis(first, second, axis))];
        int total = 2 * first.Count;
        int own = 0;
        Parallel.For(
            0,
            total,
            () => (Distances: new float[total], Differences: new float[total], Own: 0),
            (i, _, local) =>
            {
                int nearest = Nearest(coordinates, i, local.Distances, local.Differences);
                return (local.Distances, local.Differences, local.Own + ((nearest < first.Count) == (i < first.Count) ? 1 : 0));
            },
            local => Interlocked.Add(ref own, local.Own));
        return (double)own / total;
    }

    private static int Nearest(float[][] coordinates, int point, float[] distances, float[] differences)
    {
        Array.Clear(distances);
        foreach (float[] axis in coordinates)
        {
            TensorPrimitives.Subtract(axis, axis[point], differences);
            TensorPrimitives.MultiplyAdd(differences, differences, distances, distances);
        }

        distances[point] = float.PositiveInfinity;
        return TensorPrimitives.IndexOfMin(distances);
    }

    private static float[] Axis(PointSet first, PointSet second, int axis)
    {
        float[] values = new float[first.Count + second.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i < first.Count ? first[i][axis] : second[i - first.Count][axis];
        }

        return values;
    }
}
