namespace Diffusion.Samples;

/// <summary>Arrays of one row a sample.</summary>
internal static class Rows
{
    /// <summary>Copies the rows of the given numbers, in their order.</summary>
    /// <param name="values">The values, <c>[count, size]</c>; empty for none.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="indices">The numbers of the rows, from 0.</param>
    /// <returns>The values, <c>[indices.Length, size]</c>.</returns>
    public static T[] Select<T>(ReadOnlyMemory<T> values, int count, ReadOnlySpan<int> indices)
    {
        int size = count == 0 ? 0 : values.Length / count;
        T[] selected = new T[indices.Length * size];
        for (int i = 0; i < indices.Length; i++)
        {
            values.Span.Slice(indices[i] * size, size).CopyTo(selected.AsSpan(i * size));
        }

        return selected;
    }
}
