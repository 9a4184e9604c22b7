namespace Diffusion.Time;

/// <summary>How β runs over the training timesteps.</summary>
public enum BetaSchedule
{
    /// <summary>β rises linearly (Ho et al. 2020).</summary>
    Linear,

    /// <summary>ᾱ falls as a squared cosine (Nichol and Dhariwal 2021, Eq. 17).</summary>
    Cosine,

    /// <summary>β is a list of its own.</summary>
    Custom,

    /// <summary>√β rises linearly (Rombach et al. 2022).</summary>
    ScaledLinear,

    /// <summary>β rises along a logistic curve (Xu et al. 2022).</summary>
    Sigmoid,
}
