namespace Diffusion.DataSets;

/// <summary>
/// Two interleaving half circles with noise, as scikit-learn's make_moons defines them. The points are independent:
/// the moon is a coin toss and the angle is uniform, where scikit-learn spaces the angles evenly.
/// </summary>
public sealed class Moons : IDataSet
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
}
