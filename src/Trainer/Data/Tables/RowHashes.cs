using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>Finds rows of a table that are equal.</summary>
internal static class RowHashes
{
    /// <summary>An odd number of no pattern, from the golden ratio, that spreads the bits of a product (Knuth 1997, §6.4).</summary>
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private const int HalfBits = 32;

    /// <summary>Computes a hash of 64 bits for each row; two different rows of a billion have the same one with a probability of 3
    /// percent.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The hashes, <c>[n]</c>.</returns>
    public static ulong[] Compute(Table table)
    {
        ulong[] hashes = new ulong[table.Count];
        foreach (TableColumn column in table.Columns)
        {
            for (int row = 0; row < hashes.Length; row++)
            {
                ulong cell = column switch
                {
                    NumberColumn numbers => BitConverter.DoubleToUInt64Bits(numbers.Values[row]),
                    TextColumn texts => unchecked((ulong)texts.Codes[row]),
                    _ => throw new ArgumentOutOfRangeException(nameof(table), column, "There is no such kind of column."),
                };
                ulong mixed = (hashes[row] ^ cell) * Multiplier;
                hashes[row] = mixed ^ (mixed >> HalfBits);
            }
        }

        return hashes;
    }
}
