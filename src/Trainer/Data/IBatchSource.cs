using Diffusion.Codecs;

namespace Diffusion.Training.Data;

/// <summary>Where training points come from, in the units of the network.</summary>
public interface IPointSource
{
    /// <summary>What the points are.</summary>
    DataInfo Info { get; }

    /// <summary>Fills <paramref name="points"/>, <c>[n, d]</c>. Point k of the endless sequence is a function of the seed and of k alone.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first point.</param>
    /// <param name="points">Receives the points.</param>
    void Fill(ulong seed, long first, Span<float> points);
}
