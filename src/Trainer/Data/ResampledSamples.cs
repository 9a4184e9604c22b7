using System.Runtime.InteropServices;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Training.Data;

/// <summary>Points drawn from a set that does not change, each independently of all others and with the same probability for every
/// point of the set.</summary>
/// <param name="info">What the points are.</param>
/// <param name="set">The set, <c>[n, d]</c>, in the units of the network.</param>
internal sealed class ResampledPoints(DataInfo info, PointSet set) : IPointSource
{
    private const uint OnlyStream = 0;

    /// <summary>A uniform number has 24 bits; a second one below it chooses evenly among any number of points.</summary>
    private const double Resolution = 1.0 / (1 << 24);

    /// <inheritdoc/>
    public DataInfo Info => info;

    /// <inheritdoc/>
    public void Fill(ulong seed, long first, Span<float> points)
    {
        (float High, float Low)[] numbers = new (float, float)[points.Length / set.Dimension];
        new PhiloxUniform(seed, RandomDomain.Choice)
            .Fill(OnlyStream, 2 * first, MemoryMarshal.Cast<(float, float), float>(numbers.AsSpan()));
        for (int i = 0; i < numbers.Length; i++)
        {
            int chosen = (int)((numbers[i].High + (Resolution * numbers[i].Low)) * set.Count);
            set[chosen].CopyTo(points[(i * set.Dimension)..]);
        }
    }
}
