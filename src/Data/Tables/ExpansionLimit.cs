namespace Diffusion.Data.Tables;

/// <summary>Limits how much a compressed file may stand for: a few kilobytes can stand for terabytes.</summary>
internal static class ExpansionLimit
{
    /// <summary>No table that fits into memory is larger, in bytes.</summary>
    private const long Largest = 1L << 34;

    /// <summary>So many bytes are expanded whatever the ratio.</summary>
    private const long AlwaysExpanded = 1L << 26;

    /// <summary>Tables, even of few different values, are compressed less.</summary>
    private const int LargestRatio = 1000;

    /// <summary>Refuses a file that grows beyond all measure.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="expanded">The number of bytes that it stands for, or at least so many.</param>
    /// <exception cref="DiffusionException">That is too much.</exception>
    public static void Check(string path, long length, long expanded)
    {
        if (expanded > Largest || (expanded > AlwaysExpanded && expanded / LargestRatio > length))
        {
            throw new DiffusionException(
                Invariant($"'{path}' has {length} bytes and expands to {expanded} or more; at most {LargestRatio} times as many and ")
                    + Invariant($"{Largest} bytes are read. Split the file, or expand it first."));
        }
    }
}
