namespace Diffusion.Data.BuiltIn;

/// <summary>
/// Two interleaving half circles with noise, as scikit-learn's make_moons defines them. The points are independent:
/// the moon is a coin toss and the angle is uniform, where scikit-learn spaces the angles evenly.
/// </summary>
public sealed class Moons : IDataSet, IModes, ICurve
{
    private const double Noise = 0.05;
    private const double LowerMoonX = 1;
    private const double LowerMoonY = 0.5;

    /// <inheritdoc/>
    public string Name => "moons";

    /// <inheritdoc/>
    public int Dimension => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean { get; } = [0.5, 0.25];

    /// <inheritdoc/>
    public IReadOnlyList<double> Covariance { get; } =
    [
        0.75 + (Noise * Noise), (1.0 / 8) - (1 / Math.PI),
        (1.0 / 8) - (1 / Math.PI), (9.0 / 16) - (1 / Math.PI) + (Noise * Noise),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<double> ModeWeights { get; } = [0.5, 0.5];

    /// <inheritdoc/>
    public int ModeOf(ReadOnlySpan<float> point) => DistanceToUpper(point[0], point[1]) <= DistanceToLower(point[0], point[1]) ? 0 : 1;

    /// <inheritdoc/>
    public double DistanceToCurve(ReadOnlySpan<float> point)
        => Math.Min(DistanceToUpper(point[0], point[1]), DistanceToLower(point[0], point[1]));

    /// <inheritdoc/>
    public void Draw(ulong seed, long first, Span<float> points)
    {
        PointRandomness random = new(seed, first, points.Length / Dimension);
        for (int i = 0; i < points.Length / Dimension; i++)
        {
            (double coin, double turn) = random.Uniform(i);
            (double noiseX, double noiseY) = random.Normal(i);
            (double sin, double cos) = Math.SinCos(Math.PI * turn);
            (double x, double y) = coin < 0.5 ? (cos, sin) : (LowerMoonX - cos, LowerMoonY - sin);
            points[2 * i] = (float)(x + (Noise * noiseX));
            points[(2 * i) + 1] = (float)(y + (Noise * noiseY));
        }
    }

    /// <summary>To the upper half of the unit circle: along the radius above the x-axis, to the nearer end below it.</summary>
    private static double DistanceToUpper(double x, double y)
        => y >= 0 ? Math.Abs(double.Hypot(x, y) - 1) : double.Hypot(Math.Abs(x) - 1, y);

    private static double DistanceToLower(double x, double y) => DistanceToUpper(LowerMoonX - x, LowerMoonY - y);
}
