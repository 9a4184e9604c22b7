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
        bool areMatrices = left.Length >= MatrixRank && right.Length >= MatrixRank;
        if (!areMatrices || left[^1] != right[^2] || !Broadcast(left[..^MatrixRank], right[..^MatrixRank]))
        {
            throw new ArgumentException($"Matrices of the shapes {Text(left)} and {Text(right)} cannot be multiplied.", nameof(right));
        }
    }

    private static bool Broadcast(long[] left, long[] right)
        => left.Reverse().Zip(right.Reverse()).All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1);

    private static string Text(long[] shape) => $"[{string.Join(", ", shape.Select(length => Invariant($"{length}")))}]";
}
