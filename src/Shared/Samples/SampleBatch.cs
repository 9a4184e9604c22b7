namespace Diffusion.Samples;

/// <summary>
/// Samples in the units of the network, float32 <c>[n, Size]</c>: never a table, never pixels. A codec turns them into data.
/// </summary>
public sealed class SampleBatch : IEquatable<SampleBatch>
{
    private readonly ReadOnlyMemory<float> _values;

    /// <summary>Wraps memory without copying it.</summary>
    /// <param name="values">The values, sample by sample; their number is a multiple of the size of the shape.</param>
    /// <param name="shape">The shape of one sample.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public SampleBatch(ReadOnlyMemory<float> values, SampleShape shape)
    {
        if (shape.Size == 0 || values.Length % shape.Size != 0)
        {
            throw new ArgumentException(
                Invariant(
                    $"The number of values must be a multiple of {shape.Size}, for samples of the shape {shape}; was {values.Length}."),
                nameof(values));
        }

        _values = values;
        Shape = shape;
    }

    /// <summary>Gets the number n of samples.</summary>
    public int Count => _values.Length / Shape.Size;

    /// <summary>Gets the shape of one sample.</summary>
    public SampleShape Shape { get; }

    /// <summary>Gets all values, <c>[n, Size]</c>.</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>Gets the values of one sample, <c>[Size]</c>.</summary>
    /// <param name="index">The number of the sample, from 0.</param>
    public ReadOnlySpan<float> this[int index] => _values.Span.Slice(index * Shape.Size, Shape.Size);

    /// <summary>Gets the same memory as <see cref="Values"/>, for interfaces that cannot take a span.</summary>
    public ReadOnlyMemory<float> AsMemory() => _values;

    /// <summary>Returns some of the samples, without copying them.</summary>
    /// <param name="first">The number of the first, from 0.</param>
    /// <param name="count">How many.</param>
    public SampleBatch Slice(int first, int count) => new(_values.Slice(first * Shape.Size, count * Shape.Size), Shape);

    /// <summary>Returns a copy of the samples of the given numbers, in their order.</summary>
    /// <param name="indices">The numbers of the samples, from 0; one may come again.</param>
    public SampleBatch Select(ReadOnlySpan<int> indices) => new(Rows.Select(_values, Count, indices), Shape);

    /// <inheritdoc/>
    public bool Equals(SampleBatch? other) => other is not null && Shape == other.Shape && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SampleBatch);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, Count, Count == 0 ? 0 : _values.Span[0]);
}
