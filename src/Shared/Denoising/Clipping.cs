using System.Numerics.Tensors;

namespace Diffusion.Denoising;

/// <summary>Keeps the predicted clean data within bounds, so that a large error of the network at high noise does not carry samples
/// away.</summary>
public sealed class Clipping : ICleanDataConstraint
{
    private readonly ClippingOptions _options;

    /// <summary>Creates the constraint.</summary>
    /// <param name="options">The bounds.</param>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public Clipping(ClippingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public void Apply(long sample, Span<double> clean, Span<double> scratch)
    {
        double reach = _options.Percentile is { } percentile
            ? Math.Clamp(Quantile(clean, percentile, scratch), _options.Bound, _options.LargestReach)
            : _options.Bound;
        foreach (ref double value in clean)
        {
            value = Math.Clamp(value, -reach, reach) * _options.Bound / reach;
        }
    }

    /// <summary>The quantile of the absolute values.</summary>
    private static double Quantile(ReadOnlySpan<double> values, double share, Span<double> sorted)
    {
        TensorPrimitives.Abs(values, sorted);
        sorted.Sort();
        return Quantiles.Linear(sorted, share);
    }
}
