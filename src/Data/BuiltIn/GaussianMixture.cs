using Diffusion.Time;

namespace Diffusion.Data.BuiltIn;

/// <summary>
/// A mixture of Gaussians in the plane. Its noise prediction is known exactly, which makes it the yardstick of everything else.
/// </summary>
public sealed class GaussianMixture : IDataSet, IModes
{
    /// <summary>Creates a mixture.</summary>
    /// <param name="name">The name on the command line.</param>
    /// <param name="components">The components; their weights sum to 1.</param>
    public GaussianMixture(string name, IReadOnlyList<GaussianComponent> components)
    {
        ArgumentNullException.ThrowIfNull(components);
        Name = name;
        Components = components;
        double x = components.Sum(c => c.Weight * c.Mean.X);
        double y = components.Sum(c => c.Weight * c.Mean.Y);
        double xx = components.Sum(c => c.Weight * (c.Covariance.XX + ((c.Mean.X - x) * (c.Mean.X - x))));
        double xy = components.Sum(c => c.Weight * (c.Covariance.XY + ((c.Mean.X - x) * (c.Mean.Y - y))));
        double yy = components.Sum(c => c.Weight * (c.Covariance.YY + ((c.Mean.Y - y) * (c.Mean.Y - y))));
        Mean = [x, y];
        Covariance = [xx, xy, xy, yy];
        ModeWeights = [.. components.Select(c => c.Weight)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The components.</summary>
    public IReadOnlyList<GaussianComponent> Components { get; }

    /// <inheritdoc/>
    public int Dimension => 2;

    /// <inheritdoc/>
    public IReadOnlyList<double> Mean { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Covariance { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> ModeWeights { get; }

    /// <inheritdoc/>
    public int ModeOf(ReadOnlySpan<float> point)
    {
        (double x, double y) = (point[0], point[1]);
        double[] logWeights = LogWeights(x, y, NoiseLevel.Clean);
        return Array.IndexOf(logWeights, logWeights.Max());
    }

    /// <inheritdoc/>
    public void Draw(ulong seed, long first, Span<float> points)
    {
        PointRandomness random = new(seed, first, points.Length / Dimension);
        for (int i = 0; i < points.Length / Dimension; i++)
        {
            GaussianComponent component = Pick(random.Uniform(i).First);
            (double z1, double z2) = random.Normal(i);
            points[2 * i] = (float)(component.Mean.X + (z1 * component.Factor.A11) + (z2 * component.Factor.A21));
            points[(2 * i) + 1] = (float)(component.Mean.Y + (z1 * component.Factor.A12) + (z2 * component.Factor.A22));
        }
    }

    /// <summary>
    /// The exact ε̂ = −√(1−ᾱ)·∇ log p_t(x), where p_t is the mixture of N(√ᾱ·m, ᾱ·Σ + (1−ᾱ)·I)
    /// (Song et al. 2021, §2; the score of a Gaussian mixture in closed form).
    /// </summary>
    /// <param name="x">x_t, <c>[n, 2]</c>.</param>
    /// <param name="level">The noise level of x_t.</param>
    /// <param name="epsilon">Receives ε̂, <c>[n, 2]</c>.</param>
    public void PredictEpsilon(ReadOnlySpan<double> x, NoiseLevel level, Span<double> epsilon)
    {
        Span<(double X, double Y, double LogWeight)> whitened = new (double, double, double)[Components.Count];
        for (int i = 0; i < x.Length; i += 2)
        {
            double largest = double.NegativeInfinity;
            for (int k = 0; k < whitened.Length; k++)
            {
                whitened[k] = Whiten(Components[k], x[i], x[i + 1], level);
                largest = Math.Max(largest, whitened[k].LogWeight);
            }

            (double sum, double ex, double ey) = (0, 0, 0);
            foreach ((double wx, double wy, double logWeight) in whitened)
            {
                double responsibility = Math.Exp(logWeight - largest);
                sum += responsibility;
                ex += responsibility * wx;
                ey += responsibility * wy;
            }

            epsilon[i] = level.Noise * ex / sum;
            epsilon[i + 1] = level.Noise * ey / sum;
        }
    }

    /// <summary>log p_t(x) in nats, where p_t is the mixture of N(√ᾱ·m, ᾱ·Σ + (1−ᾱ)·I).</summary>
    /// <param name="x">A point, <c>[2]</c>.</param>
    /// <param name="level">The noise level of the point; by default clean, the mixture itself.</param>
    public double LogDensity(ReadOnlySpan<float> x, NoiseLevel? level = null)
    {
        double[] logWeights = LogWeights(x[0], x[1], level ?? NoiseLevel.Clean);
        double largest = logWeights.Max();
        return largest + Math.Log(logWeights.Sum(logWeight => Math.Exp(logWeight - largest))) - Math.Log(Math.Tau);
    }

    /// <summary>log(weight · N(x; √ᾱ·m, ᾱ·Σ + (1−ᾱ)·I)) up to a constant, for each component.</summary>
    private double[] LogWeights(double x, double y, NoiseLevel level)
        => [.. Components.Select(component => Whiten(component, x, y, level).LogWeight)];

    /// <summary>C⁻¹(x − √ᾱ·m) and log(weight · N(x; √ᾱ·m, C)) up to a constant, with C = ᾱ·Σ + (1−ᾱ)·I.</summary>
    private static (double X, double Y, double LogWeight) Whiten(GaussianComponent component, double x, double y, NoiseLevel level)
    {
        (double signal, double alphaBar) = (level.Signal, level.AlphaBar);
        double dx = x - (signal * component.Mean.X);
        double dy = y - (signal * component.Mean.Y);
        double xx = (alphaBar * component.Covariance.XX) + 1 - alphaBar;
        double xy = alphaBar * component.Covariance.XY;
        double yy = (alphaBar * component.Covariance.YY) + 1 - alphaBar;
        double determinant = (xx * yy) - (xy * xy);
        double wx = ((yy * dx) - (xy * dy)) / determinant;
        double wy = ((xx * dy) - (xy * dx)) / determinant;
        return (wx, wy, Math.Log(component.Weight) - (0.5 * ((dx * wx) + (dy * wy) + Math.Log(determinant))));
    }

    private GaussianComponent Pick(double uniform)
    {
        foreach (GaussianComponent component in Components)
        {
            uniform -= component.Weight;
            if (uniform < 0)
            {
                return component;
            }
        }

        return Components[^1];
    }
}
