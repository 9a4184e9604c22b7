namespace Diffusion.Data.BuiltIn;

/// <summary>
/// A circle of radius 1 and one of radius 0.5 inside it, with noise, as scikit-learn's make_circles defines them.
/// The points are independent: the circle is a coin toss and the angle is uniform.
/// </summary>
public sealed class Circles : IDataSet, IModes, ICurve
{
    private const double Noise = 0.05;
    private const double InnerRadius = 0.5;
    private const double Variance = ((1 + (InnerRadius * InnerRadius)) / 4) + (Noise * Noise);

    /// <inheritdoc/>
    public string Name => "circles";

    /// <inheritdoc/>
    public int Dimension => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean { get; } = [0, 0];

    /// <inheritdoc/>
    public IReadOnlyList<double> Covariance { get; } = [Variance, 0, 0, Variance];

    /// <inheritdoc/>
    public IReadOnlyList<double> ModeWeights { get; } = [0.5, 0.5];

    /// <inheritdoc/>
    public int ModeOf(ReadOnlySpan<float> point) => double.Hypot(point[0], point[1]) >= (1 + InnerRadius) / 2 ? 0 : 1;

    /// <inheritdoc/>
    public double DistanceToCurve(ReadOnlySpan<float> point)
    {
        double radius = double.Hypot(point[0], point[1]);
        return Math.Min(Math.Abs(radius - 1), Math.Abs(radius - InnerRadius));
    }

    /// <inheritdoc/>
    public void Draw(ulong seed, long first, Span<float> points)
    {
        PointRandomness random = new(seed, first, points.Length / Dimension);
        for (int i = 0; i < points.Length / Dimension; i++)
        {
            (double coin, double turn) = random.Uniform(i);
            (double noiseX, double noiseY) = random.Normal(i);
            (double sin, double cos) = Math.SinCos(Math.Tau * turn);
            double radius = coin < 0.5 ? 1 : InnerRadius;
            points[2 * i] = (float)((radius * cos) + (Noise * noiseX));
            points[(2 * i) + 1] = (float)((radius * sin) + (Noise * noiseY));
        }
    }
}
