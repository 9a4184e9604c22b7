using System.Numerics.Tensors;
using Diffusion.Points;

namespace Diffusion.Evaluation.Metrics;

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
        PointPairs.RequireAlike(first, second);
        PointPairs pairs = new(first, second);
        int own = 0;
        Parallel.For(
            0,
            pairs.Count,
            () => (Squares: new float[pairs.Count], Differences: new float[pairs.Count], Own: 0),
            (i, _, local) =>
            {
                pairs.Squares(i < first.Count ? first[i] : second[i - first.Count], 0, local.Squares, local.Differences);
                local.Squares[i] = float.PositiveInfinity;
                bool isOwn = (TensorPrimitives.IndexOfMin<float>(local.Squares) < first.Count) == (i < first.Count);
                return (local.Squares, local.Differences, local.Own + (isOwn ? 1 : 0));
            },
            local => Interlocked.Add(ref own, local.Own));
        return (double)own / pairs.Count;
    }
}
