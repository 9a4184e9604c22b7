namespace Diffusion.Data.BuiltIn;

/// <summary>
/// One component of a <see cref="GaussianMixture"/> in the plane: points are <c>z·Factor + Mean</c> with z ~ N(0, I) a row.
/// </summary>
/// <param name="Weight">The share of the points, positive; the weights of a mixture sum to 1.</param>
/// <param name="Mean">The mean (x, y).</param>
/// <param name="Factor">The 2×2 matrix A, row by row; the covariance is AᵀA.</param>
public sealed record GaussianComponent(double Weight, (double X, double Y) Mean, (double A11, double A12, double A21, double A22) Factor)
{
    /// <summary>The covariance AᵀA: the variances of x and y and what they share.</summary>
    public (double XX, double XY, double YY) Covariance { get; } = (
        (Factor.A11 * Factor.A11) + (Factor.A21 * Factor.A21),
        (Factor.A11 * Factor.A12) + (Factor.A21 * Factor.A22),
        (Factor.A12 * Factor.A12) + (Factor.A22 * Factor.A22));

    /// <summary>
    /// A component with variance <paramref name="radial"/> along the direction of the angle and <paramref name="tangential"/> across it.
    /// </summary>
    public static GaussianComponent Radial(double weight, double radius, double angle, double radial, double tangential)
    {
        (double sin, double cos) = Math.SinCos(angle);
        double along = Math.Sqrt(radial);
        double across = Math.Sqrt(tangential);
        return new GaussianComponent(weight, (radius * cos, radius * sin), (along * cos, along * sin, -across * sin, across * cos));
    }
}
