namespace Diffusion.Training;

/// <summary>
/// What a network is trained for: a small mean squared error of its output, ε̂, v̂ or x̂₀ as its signature says (Ho et al. 2020,
/// Eq. 14; Salimans and Ho 2022, §4).
/// </summary>
public sealed record Objective
{
    /// <summary>Gets how much the error at each noise level counts; alike at all levels by default.</summary>
    public ILevelWeighting Weighting { get; init; } = new UniformWeighting();

    /// <summary>Gets a value indicating whether the timesteps of a batch are spread evenly over 0 … T−1, as by default, rather than
    /// drawn independently.</summary>
    public bool StratifiedTimesteps { get; init; } = true;

    /// <summary>Gets the probability that the class label of a sample is replaced by "none", so that the network can be guided (Ho and
    /// Salimans 2022), from 0 to 1; 0.1 by default.</summary>
    /// <exception cref="DiffusionException">The value is out of range.</exception>
    public double LabelDropout
    {
        get;
        init => field = OptionRange.Require(value, value is >= 0 and <= 1, "probability that a label is dropped", "between 0 and 1");
    }
        = 0.1;
}
