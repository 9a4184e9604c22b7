using Diffusion.Samples;

namespace Diffusion.Denoising;

/// <summary>
/// Puts known values in the place of the predicted ones: x̂₀ ← m·y + (1 − m)·x̂₀, the special case of a linear measurement in
/// which some values are given as they are (Wang et al. 2022, Eq. 10, for inpainting).
/// </summary>
public sealed class KnownValues : ICleanDataConstraint
{
    private readonly SampleBatch _values;
    private readonly ReadOnlyMemory<bool> _isKnown;

    /// <summary>Creates the constraint.</summary>
    /// <param name="values">y, <c>[n, Size]</c>, in the units of the network; one sample stands for all samples of a job.</param>
    /// <param name="isKnown">m, <c>[n, Size]</c>: which of the values are known.</param>
    /// <exception cref="ArgumentException">The mask has another length than the values, or there is no sample.</exception>
    public KnownValues(SampleBatch values, ReadOnlyMemory<bool> isKnown)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("At least one sample is required; found 0.", nameof(values));
        }

        if (isKnown.Length != values.Values.Length)
        {
            throw new ArgumentException(
                Invariant($"The mask must have one entry for each of {values.Values.Length} values; found {isKnown.Length}."),
                nameof(isKnown));
        }

        _values = values;
        _isKnown = isKnown;
    }

    /// <inheritdoc/>
    public void Validate(SampleShape shape, long count)
    {
        if (_values.Shape != shape || (_values.Count != 1 && _values.Count < count))
        {
            throw new DiffusionException(
                $"The known values must be those of 1 or {count} samples of the shape {shape}; found {_values.Count} of {_values.Shape}.");
        }
    }

    /// <inheritdoc/>
    public void Apply(long sample, Span<double> clean, Span<double> scratch)
    {
        int row = _values.Count == 1 ? 0 : (int)sample;
        ReadOnlySpan<float> known = _values[row];
        ReadOnlySpan<bool> mask = _isKnown.Span.Slice(row * clean.Length, clean.Length);
        for (int j = 0; j < clean.Length; j++)
        {
            clean[j] = mask[j] ? known[j] : clean[j];
        }
    }
}
