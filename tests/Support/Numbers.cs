namespace Diffusion.Tests.Support;

/// <summary>Assertions about arrays of numbers, and their moments.</summary>
internal static class Numbers
{
    public static void AreClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], tolerance, $"Number {i} of {expected.Length}.");
        }
    }

    /// <summary>Mean <c>[d]</c> and covariance <c>[d, d]</c> of points <c>[n, d]</c>.</summary>
    public static (double[] Mean, double[] Covariance) Moments(ReadOnlySpan<float> points, int dimension)
    {
        int count = points.Length / dimension;
        double[] mean = new double[dimension];
        double[] covariance = new double[dimension * dimension];
        for (int i = 0; i < points.Length; i++)
        {
            mean[i % dimension] += points[i] / (double)count;
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < dimension * dimension; j++)
            {
                (int row, int column) = (j / dimension, j % dimension);
                covariance[j] += (points[(i * dimension) + row] - mean[row]) * (points[(i * dimension) + column] - mean[column]) / count;
            }
        }

        return (mean, covariance);
    }
}
