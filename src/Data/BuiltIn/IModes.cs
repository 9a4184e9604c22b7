namespace Diffusion.Data.BuiltIn;

/// <summary>A data set that falls into parts whose shares are known.</summary>
public interface IModes
{
    /// <summary>The share of each part, positive, summing to 1.</summary>
    IReadOnlyList<double> ModeWeights { get; }

    /// <summary>The part that a point most likely belongs to, from 0.</summary>
    /// <param name="point">A point, <c>[d]</c>.</param>
    int ModeOf(ReadOnlySpan<float> point);
}
