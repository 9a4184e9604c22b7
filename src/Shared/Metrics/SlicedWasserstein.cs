using Diffusion.Points;

namespace Diffusion.Metrics;

/// <summary>The sliced 2-Wasserstein distance between two sets of points in the plane (Bonneel et al. 2015).</summary>
public static class SlicedWasserstein
{
    /// <summary>The number of directions, evenly spaced over half a turn.</summary>
    public const int Directions = 256;

    /// <summary>√ of the mean, over the directions, of the squared 2-Wasserstein distance of the projections.</summary>
    /// <param name="first">Points, <c>[n, 2]</c>.</param>
    /// <param name="second">As many points, <c>[n, 2]</c>.</param>
    /// <exception cref="ArgumentException">The sets differ in size or are not in the plane.</exception>
    public static double Distance(PointSet first, PointSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Dimension != 2 || second.Dimension != 2)
        {
            throw new ArgumentException(
                $"Two sets of equal size in the plane are expected, were [{first.Count}, {first.Dimension}] and [{second.Count}, {second.Dimension}].", nameof(second));
        }

        double[] squares = new double[Directions];
        Parallel.For(0, Directions, k =>
        {
            (double sin, double cos) = Math.SinCos(Math.PI * k / Directions);
            squares[k] = SquaredDistance(Project(first, cos, sin), Project(second, cos, sin));
        });
        return Math.Sqrt(squares.Average());
    }

    private static float[] Project(PointSet points, double x, double y)
    {
        float[] projections = new float[points.Count];
        for (int i = 0; i < projections.Length; i++)
        {
            projections[i] = (float)((points[i][0] * x) + (points[i][1] * y));
        }

        Array.Sort(projections);
        return projections;
    }

    /// <summary>On a line the optimal transport pairs the points in order.</summary>
    private static double SquaredDistance(float[] first, float[] second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double difference = first[i] - second[i];
            sum += difference * difference;
        }

        return sum / first.Length;
    }
}
