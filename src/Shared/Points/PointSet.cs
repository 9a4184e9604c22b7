using Diffusion.Samples;

namespace Diffusion.Points;

/// <summary>A set of points, stored row by row as <c>[n, d]</c>.</summary>
public sealed class PointSet
{
    private readonly float[] _values;

    /// <summary>Wraps an array of shape <c>[n, d]</c> without copying it.</summary>
    /// <param name="values">The coordinates, row by row; the length is a multiple of <paramref name="dimension"/>.</param>
    /// <param name="dimension">The number d of coordinates of a point, at least 1.</param>
    /// <param name="columns">A name for each coordinate, or none.</param>
    /// <exception cref="ArgumentException">The length or the number of columns does not fit the dimension.</exception>
    public PointSet(float[] values, int dimension, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.Length % dimension != 0)
        {
            throw new ArgumentException(
                Invariant($"The number of values must be a multiple of the dimension {dimension}; was {values.Length}."), nameof(values));
        }

        if (columns is not null && columns.Count != dimension)
        {
            throw new ArgumentException(
                Invariant($"{dimension} column names are required, one for each coordinate; found {columns.Count}."), nameof(columns));
        }

        _values = values;
        Dimension = dimension;
        Columns = columns;
    }

    /// <summary>Returns samples as points, in the units of the network.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    public static PointSet FromSamples(SampleBatch samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new(samples.Values.ToArray(), samples.Shape.Size);
    }

    /// <summary>The number n of points.</summary>
    public int Count => _values.Length / Dimension;

    /// <summary>The number d of coordinates of a point.</summary>
    public int Dimension { get; }

    /// <summary>The name of each coordinate, or null where they have none.</summary>
    public IReadOnlyList<string>? Columns { get; }

    /// <summary>All coordinates, <c>[n, d]</c>.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Point <paramref name="index"/>, <c>[d]</c>.</summary>
    public ReadOnlySpan<float> this[int index] => _values.AsSpan(index * Dimension, Dimension);

    /// <summary>A copy of the points <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    public PointSet Slice(int first, int count) => new(_values[(first * Dimension)..((first + count) * Dimension)], Dimension, Columns);

    /// <summary>The points of the given numbers, in their order.</summary>
    /// <param name="indices">The numbers of the points.</param>
    public PointSet Select(ReadOnlySpan<int> indices)
    {
        float[] values = new float[indices.Length * Dimension];
        for (int i = 0; i < indices.Length; i++)
        {
            this[indices[i]].CopyTo(values.AsSpan(i * Dimension));
        }

        return new PointSet(values, Dimension, Columns);
    }

    /// <summary>The same memory as <see cref="Values"/>, for interfaces that cannot take a span.</summary>
    public ReadOnlyMemory<float> AsMemory() => _values;
}
