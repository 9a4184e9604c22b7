namespace Diffusion.TorchExport;

/// <summary>Whether matrices can be multiplied.</summary>
internal static class MatrixShapes
{
    private const int MatrixRank = 2;

    /// <summary>Refuses shapes that do not fit: in TorchSharp 0.107 an error of matmul is no exception but ends the program.</summary>
    /// <param name="left">The shape of the left factor, <c>[…, n, k]</c>.</param>
    /// <param name="right">The shape of the right factor, <c>[…, k, m]</c>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Require(long[] left, long[] right)
    {
        bool isFit = left.Length >= MatrixRank && right.Length >= MatrixRank && left[^1] == right[^2]
            && left[..^MatrixRank].Reverse().Zip(right[..^MatrixRank].Reverse()).All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1);
        if (!isFit)
        {
            throw new ArgumentException(
                Invariant($"Matrices of the shapes [{string.Join(", ", left)}] and [{string.Join(", ", right)}] cannot be multiplied."), nameof(right));
        }
    }
}
