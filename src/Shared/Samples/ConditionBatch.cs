namespace Diffusion.Samples;

/// <summary>The conditions of n samples: inputs of the network beside the noisy samples and the timestep.</summary>
public sealed class ConditionBatch : IEquatable<ConditionBatch>
{
    /// <summary>Creates the conditions of n samples.</summary>
    /// <param name="count">The number n of samples, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public ConditionBatch(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
    }

    /// <summary>Gets the number n of samples.</summary>
    public int Count { get; }

    /// <summary>
    /// Gets the class labels, <c>[n]</c>, from 0 to the number of classes, which stands for "none"; empty without labels.
    /// </summary>
    public ReadOnlyMemory<long> Labels { get; init; }

    /// <summary>Gets the given values in the units of the network, <c>[n, Size]</c>, 0 where nothing is given; empty without given
    /// values.</summary>
    public ReadOnlyMemory<float> Given { get; init; }

    /// <summary>Gets the mask of <see cref="Given"/>, <c>[n, Size]</c>: 1 where a value is given, 0 elsewhere; empty without given
    /// values.</summary>
    public ReadOnlyMemory<float> Mask { get; init; }

    /// <summary>Creates conditions of one label for all samples.</summary>
    /// <param name="count">The number n of samples.</param>
    /// <param name="label">The label.</param>
    public static ConditionBatch OfLabel(int count, long label) => new(count) { Labels = Enumerable.Repeat(label, count).ToArray() };

    /// <summary>Returns the conditions of some of the samples, without copying them.</summary>
    /// <param name="first">The number of the first sample, from 0.</param>
    /// <param name="count">How many.</param>
    public ConditionBatch Slice(int first, int count)
    {
        return new ConditionBatch(count) { Labels = Of(Labels), Given = Of(Given), Mask = Of(Mask) };

        ReadOnlyMemory<T> Of<T>(ReadOnlyMemory<T> values)
        {
            int size = Count == 0 ? 0 : values.Length / Count;
            return values.Slice(first * size, count * size);
        }
    }

    /// <summary>Returns a copy of the conditions of the samples of the given numbers, in their order.</summary>
    /// <param name="indices">The numbers of the samples, from 0; one may come again.</param>
    public ConditionBatch Select(ReadOnlySpan<int> indices) => new(indices.Length)
    {
        Labels = Rows.Select(Labels, Count, indices),
        Given = Rows.Select(Given, Count, indices),
        Mask = Rows.Select(Mask, Count, indices),
    };

    /// <summary>Checks the conditions against what a network takes.</summary>
    /// <param name="signature">What the network takes.</param>
    /// <param name="size">The number of values of a sample.</param>
    /// <exception cref="DiffusionException">A condition is missing, superfluous, or of another length or range.</exception>
    public void Validate(ConditionSignature signature, int size)
    {
        RequireLengths(signature, size);
        foreach (long label in Labels.Span)
        {
            if (label < 0 || label > signature.NoLabel)
            {
                throw new DiffusionException($"A class label must be between 0 and {signature.NoLabel} (none); was {label}.");
            }
        }
    }

    /// <summary>Puts the given values in their places, which a solver reaches up to rounding or extrapolation only.</summary>
    /// <param name="samples">The samples, <c>[n, Size]</c>; changed in place.</param>
    internal void CopyGivenTo(Span<float> samples)
    {
        for (int i = 0; i < Mask.Length; i++)
        {
            if (Mask.Span[i] > 0)
            {
                samples[i] = Given.Span[i];
            }
        }
    }

    /// <summary>Returns the same conditions with other labels.</summary>
    /// <param name="labels">The labels, <c>[n]</c>.</param>
    internal ConditionBatch WithLabels(ReadOnlyMemory<long> labels) => new(Count) { Labels = labels, Given = Given, Mask = Mask };

    /// <summary>Checks that every condition of a network is there, for every sample.</summary>
    /// <exception cref="DiffusionException">A condition is missing, superfluous, or of another length.</exception>
    internal void RequireLengths(ConditionSignature signature, int size)
    {
        Require("class labels", Labels.Length, signature.TakesLabels ? Count : 0);
        Require("given values", Given.Length, signature.TakesGiven ? Count * size : 0);
        Require("mask values", Mask.Length, signature.TakesGiven ? Count * size : 0);
    }

    /// <inheritdoc/>
    public bool Equals(ConditionBatch? other)
        => other is not null && Count == other.Count && Labels.Span.SequenceEqual(other.Labels.Span)
            && Given.Span.SequenceEqual(other.Given.Span) && Mask.Span.SequenceEqual(other.Mask.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConditionBatch);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Labels.Length, Given.Length);

    private void Require(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new DiffusionException($"The network takes {expected} {what} for {Count} samples; found {found}.");
        }
    }
}
