using System.Numerics.Tensors;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Evaluation.Metrics;

/// <summary>The sliced 2-Wasserstein distance between two sets of points (Bonneel et al. 2015).</summary>
public static class SlicedWasserstein
{
    /// <summary>The number of directions: in the plane evenly spaced over half a turn, elsewhere random ones, always the same.</summary>
    public const int Directions = 256;

    private const int PlaneDimension = 2;
    private const ulong DirectionSeed = 0;

    /// <summary>√ of the mean, over the directions, of the squared 2-Wasserstein distance of the projections.</summary>
    /// <param name="first">Points, <c>[n, d]</c>.</param>
    /// <param name="second">As many points, <c>[n, d]</c>.</param>
    /// <exception cref="ArgumentException">The sets differ in size or dimension.</exception>
    public static double Distance(PointSet first, PointSet second)
    {
        PointPairs.RequireAlike(first, second);
        double[] squares = new double[Directions];
        Parallel.For(0, Directions, k =>
        {
            float[] direction = first.Dimension == PlaneDimension ? EvenDirection(k) : RandomDirection(k, first.Dimension);
            squares[k] = SquaredDistance(Project(first, direction), Project(second, direction));
        });
        return Math.Sqrt(squares.Average());
    }

    private static float[] EvenDirection(int k)
    {
        (double sin, double cos) = Math.SinCos(Math.PI * k / Directions);
        return [(float)cos, (float)sin];
    }

    private static float[] RandomDirection(int k, int dimension)
    {
        float[] direction = new float[dimension];
        new PhiloxNormal(DirectionSeed, RandomDomain.Direction).Fill((uint)k, 0, direction);
        TensorPrimitives.Divide(direction, TensorPrimitives.Norm<float>(direction), direction);
        return direction;
    }

    private static float[] Project(PointSet points, float[] direction)
    {
        float[] projections = new float[points.Count];
        for (int i = 0; i < projections.Length; i++)
        {
            projections[i] = TensorPrimitives.Dot(points[i], direction);
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
