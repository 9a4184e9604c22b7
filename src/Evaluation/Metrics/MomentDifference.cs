using Diffusion.Points;

namespace Diffusion.Evaluation.Metrics;

/// <summary>How far the first and second moments of two sets of points lie apart: what a table's reader looks at first.</summary>
public static class MomentDifference
{
    /// <summary>The largest difference between the means of a column.</summary>
    /// <param name="first">Points, <c>[n, d]</c>.</param>
    /// <param name="second">Points, <c>[m, d]</c>.</param>
    public static double OfMeans(PointSet first, PointSet second) => Largest(first, second, Means);

    /// <summary>The largest difference between the standard deviations of a column.</summary>
    /// <param name="first">Points, <c>[n, d]</c>.</param>
    /// <param name="second">Points, <c>[m, d]</c>.</param>
    public static double OfDeviations(PointSet first, PointSet second) => Largest(first, second, Deviations);

    /// <summary>The largest difference between the correlations of two columns (Pearson); that of a constant column counts as 0.</summary>
    /// <param name="first">Points, <c>[n, d]</c>.</param>
    /// <param name="second">Points, <c>[m, d]</c>.</param>
    public static double OfCorrelations(PointSet first, PointSet second) => Largest(first, second, Correlations);

    private static double Largest(PointSet first, PointSet second, Func<PointSet, IEnumerable<double>> moments)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return moments(first).Zip(moments(second), (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();
    }

    private static double[] Means(PointSet points)
        => [.. Enumerable.Range(0, points.Dimension)
            .Select(column => Enumerable.Range(0, points.Count).Average(i => (double)points[i][column]))];

    private static IEnumerable<double> Deviations(PointSet points)
    {
        double[] means = Means(points);
        return Enumerable.Range(0, points.Dimension).Select(column => Math.Sqrt(Covariance(points, means, column, column)));
    }

    private static IEnumerable<double> Correlations(PointSet points)
    {
        double[] means = Means(points);
        double[] variances = [.. Enumerable.Range(0, points.Dimension).Select(column => Covariance(points, means, column, column))];
        for (int row = 0; row < points.Dimension; row++)
        {
            for (int column = 0; column < row; column++)
            {
                double scale = Math.Sqrt(variances[row] * variances[column]);
                yield return scale > 0 ? Covariance(points, means, row, column) / scale : 0;
            }
        }
    }

    private static double Covariance(PointSet points, double[] means, int row, int column)
        => Enumerable.Range(0, points.Count).Average(i => (points[i][row] - means[row]) * (points[i][column] - means[column]));
}
