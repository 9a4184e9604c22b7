using System.Numerics.Tensors;
using Diffusion.Points;

namespace Diffusion.Evaluation.Metrics;

/// <summary>The energy distance between two sets of points (Székely and Rizzo 2013).</summary>
public static class EnergyDistance
{
    /// <summary>
    /// 2·E|X−Y| − E|X−X′| − E|Y−Y′| over all pairs, a point with itself included (the V-statistic): 0 for equal sets, and
    /// about 2·E|X−X′|/n for two sets of n points of one distribution.
    /// </summary>
    /// <param name="first">Points, <c>[n, d]</c>.</param>
    /// <param name="second">As many points, <c>[n, d]</c>.</param>
    /// <exception cref="ArgumentException">The sets differ in size or dimension.</exception>
    public static double Between(PointSet first, PointSet second)
    {
        PointPairs.RequireAlike(first, second);
        double pairs = (double)first.Count * first.Count;
        double across = Sum(first, new PointPairs(second), _ => 0);

        // Each pair within a set is met once and counts twice.
        double within = Sum(first, new PointPairs(first), i => i) + Sum(second, new PointPairs(second), i => i);
        return 2 * (across - within) / pairs;
    }

    /// <summary>The sum of the distances of each point i to the points from <paramref name="from"/>(i) on.</summary>
    private static double Sum(PointSet points, PointPairs to, Func<int, int> from)
    {
        double[] sums = new double[points.Count];
        Parallel.For(
            0,
            points.Count,
            () => (Squares: new float[to.Count], Differences: new float[to.Count]),
            (i, _, local) =>
            {
                int first = from(i);
                Span<float> squares = local.Squares.AsSpan(first);
                to.Squares(points[i], first, squares, local.Differences.AsSpan(first));
                TensorPrimitives.Sqrt(squares, squares);
                sums[i] = TensorPrimitives.Sum<float>(squares);
                return local;
            },
            _ => { });
        return sums.Sum();
    }
}
