namespace Diffusion.Denoising;

/// <summary>
/// Dynamic thresholding of the predicted clean data (Saharia et al. 2022, §2.3): a sample whose absolute values exceed the
/// bound at a quantile is cut there and scaled back into the bound.
/// </summary>
/// <param name="Percentile">The quantile, between 0 and 1.</param>
/// <param name="LargestReach">The largest value that a sample is cut at, greater than the bound.</param>
public sealed record DynamicThresholding(double Percentile, double LargestReach);
