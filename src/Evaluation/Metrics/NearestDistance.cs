using System.Numerics.Tensors;
using Diffusion.Points;

namespace Diffusion.Evaluation.Metrics;

/// <summary>Distances to the nearest point of a set: near 0 where a model repeats what it was trained on.</summary>
public static class NearestDistance
{
    /// <summary>The Euclidean distance of each point to the nearest point of a set.</summary>
    /// <param name="points">Points, <c>[m, d]</c>.</param>
    /// <param name="set">The set, <c>[n, d]</c>.</param>
    /// <returns>The distances, <c>[m]</c>.</returns>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static double[] Of(PointSet points, PointSet set)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(set);
        if (points.Dimension != set.Dimension)
        {
            throw new ArgumentException(
                Invariant($"The dimension of the points must be {set.Dimension}; was {points.Dimension}."), nameof(points));
        }

        PointPairs pairs = new(set);
        double[] distances = new double[points.Count];
        Parallel.For(
            0,
            points.Count,
            () => (Squares: new float[pairs.Count], Differences: new float[pairs.Count]),
            (i, _, local) =>
            {
                pairs.Squares(points[i], 0, local.Squares, local.Differences);
                distances[i] = Math.Sqrt(TensorPrimitives.Min<float>(local.Squares));
                return local;
            },
            _ => { });
        return distances;
    }
}
