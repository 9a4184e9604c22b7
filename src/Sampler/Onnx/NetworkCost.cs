using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>What one evaluation of a network costs for one sample, estimated from its file.</summary>
/// <param name="MultiplyAdds">
/// The number of multiply-adds, at most: every weight is counted once for each pixel of the output. Exact for linear layers on vectors,
/// several times too high for a U-Net, most of whose weights work on reduced pictures.
/// </param>
internal readonly record struct NetworkCost(long MultiplyAdds)
{
    /// <summary>The multiply-adds from which a single sample is worth sharing: about a millisecond.</summary>
    public const long WorthASample = 1 << 24;

    /// <summary>Gets a value indicating whether a single sample is worth sharing between threads, within the network.</summary>
    public bool IsLarge => MultiplyAdds >= WorthASample;

    /// <summary>Estimates the cost of a network.</summary>
    /// <param name="fileLength">The length of its file in bytes, nearly all of which are weights.</param>
    /// <param name="session">The network, whose output has the samples' shape <c>[n, d]</c> or <c>[n, c, h, w]</c>.</param>
    public static NetworkCost Estimate(int fileLength, InferenceSession session)
    {
        const int firstPixelAxis = 2;
        IEnumerable<int> axes = session.OutputMetadata.Values.Take(1)
            .Where(output => output.IsTensor)
            .SelectMany(output => output.Dimensions.Skip(firstPixelAxis));
        double pixels = axes.Aggregate(1.0, (product, length) => product * Math.Max(length, 1));
        return new NetworkCost((long)Math.Min(fileLength / sizeof(float) * pixels, long.MaxValue / 2));
    }
}
