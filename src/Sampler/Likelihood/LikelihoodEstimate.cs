namespace Diffusion.Sampling;

/// <summary>The log-likelihoods of points, and how accurate they are where they are estimated.</summary>
public sealed class LikelihoodEstimate
{
    internal LikelihoodEstimate(double[] logLikelihoods, double[]? standardErrors, int probes)
        => (LogLikelihoods, StandardErrors, Probes) = (logLikelihoods, standardErrors, probes);

    /// <summary>Gets log p in nats, <c>[n]</c>, of the density per unit of the data.</summary>
    public IReadOnlyList<double> LogLikelihoods { get; }

    /// <summary>
    /// Gets the standard error of each log-likelihood in nats, <c>[n]</c>, from how much the random directions differ. It is
    /// null if the divergence was computed exactly, and if there was a single direction. Errors of different points are
    /// independent.
    /// </summary>
    public IReadOnlyList<double>? StandardErrors { get; }

    /// <summary>Gets the number of random directions for each point; 0 if the divergence was computed exactly.</summary>
    public int Probes { get; }
}
