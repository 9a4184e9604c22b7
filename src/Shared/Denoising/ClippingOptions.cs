using Diffusion.Cards;

namespace Diffusion.Denoising;

/// <summary>How the predicted clean data are kept within bounds, in the units of the network.</summary>
public sealed record ClippingOptions
{
    /// <summary>The largest absolute value of a coordinate, above 0.</summary>
    public required double Bound { get; init; }

    /// <summary>
    /// For dynamic thresholding (Saharia et al. 2022, §2.3): a point whose absolute values exceed the bound at this
    /// quantile, from 0 to 1, is cut there and scaled back into the bound. If null, values are cut at the bound itself.
    /// </summary>
    public double? Percentile { get; init; }

    /// <summary>Gets the largest value that dynamic thresholding cuts at, at least the bound; infinity by default.</summary>
    public double LargestReach { get; init; } = double.PositiveInfinity;

    /// <summary>Returns what a model's card says; null if its clean data are not kept within bounds.</summary>
    internal static ClippingOptions? FromCard(ModelCard card) => card.ClipSample is not { } bound ? null : new ClippingOptions
    {
        Bound = bound,
        Percentile = card.Thresholding?.Percentile,
        LargestReach = card.Thresholding?.LargestReach ?? double.PositiveInfinity,
    };

    /// <summary>Refuses what makes no limit.</summary>
    /// <exception cref="DiffusionException">A value is out of range.</exception>
    public void Validate()
    {
        if (!(Bound > 0 && double.IsFinite(Bound)))
        {
            throw new DiffusionException($"The bound of clean data must be greater than 0; was {Bound}.");
        }

        if (Percentile is { } percentile && !(percentile >= 0 && percentile <= 1))
        {
            throw new DiffusionException($"The quantile of dynamic thresholding must be between 0 and 1; was {percentile}.");
        }

        if (!(LargestReach >= Bound))
        {
            throw new DiffusionException(
                $"The largest reach of dynamic thresholding must be at least the bound {Bound}; was {LargestReach}.");
        }
    }
}
