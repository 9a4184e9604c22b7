namespace Diffusion.Sampling;

/// <summary>Predicts the noise ε in points: the seam between the solvers and whatever network, or closed form, stands behind them.</summary>
public interface INoisePredictor
{
    /// <summary>The number d of coordinates of a point.</summary>
    int Dimension { get; }

    /// <summary>Computes ε̂(x, i). May be called from many threads at once; each point is computed on its own.</summary>
    /// <param name="x">The noisy points x_t, <c>[n, d]</c>, as the network sees them.</param>
    /// <param name="timestep">The index i, from 0 to T−1, fractions allowed.</param>
    /// <param name="epsilon">Receives ε̂, <c>[n, d]</c>; does not overlap <paramref name="x"/>.</param>
    void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon);
}
