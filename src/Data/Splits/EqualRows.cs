using System.Runtime.InteropServices;

namespace Diffusion.Data.Splits;

/// <summary>Finds rows that are equal, bit by bit.</summary>
internal static class EqualRows
{
    /// <summary>Groups equal rows.</summary>
    /// <param name="values">The rows, <c>[n, d]</c>.</param>
    /// <param name="width">The number d of columns.</param>
    /// <returns>For each row the number of the first one that equals it, <c>[n]</c>.</returns>
    public static int[] FindFirst<T>(ReadOnlyMemory<T> values, int width)
        where T : unmanaged
    {
        int[] first = new int[values.Length / width];
        Dictionary<int, int> seen = new(first.Length, new Comparer<T>(values, width));
        for (int row = 0; row < first.Length; row++)
        {
            first[row] = seen.TryAdd(row, row) ? row : seen[row];
        }

        return first;
    }

    /// <summary>Takes the number of a row for its content.</summary>
    private sealed class Comparer<T>(ReadOnlyMemory<T> values, int width) : IEqualityComparer<int>
        where T : unmanaged
    {
        public bool Equals(int x, int y) => Row(x).SequenceEqual(Row(y));

        public int GetHashCode(int row)
        {
            HashCode hash = default;
            hash.AddBytes(Row(row));
            return hash.ToHashCode();
        }

        private ReadOnlySpan<byte> Row(int row) => MemoryMarshal.AsBytes(values.Span.Slice(row * width, width));
    }
}
