namespace Diffusion.Solvers;

/// <summary>The variance of a reverse step (Ho et al. 2020, §3.2): the two extremes, right for Gaussian data and for a point.</summary>
public enum DdpmVariance
{
    /// <summary>β, the variance of the forward step.</summary>
    Beta,

    /// <summary>β̃ = β(1−ᾱ_s)/(1−ᾱ_t), the variance of the forward posterior.</summary>
    Posterior,
}
