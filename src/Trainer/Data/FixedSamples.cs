using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Training.Data;

/// <summary>The points of a set that does not change, all of them once in random order, then all of them again in another order, and so on.</summary>
/// <param name="info">What the points are.</param>
/// <param name="set">The set, <c>[n, d]</c>, in the units of the network.</param>
public sealed class FixedPoints(DataInfo info, PointSet set) : IPointSource
{
    private (ulong Seed, long Epoch, int[] Order)? _last;

    /// <inheritdoc/>
    public DataInfo Info => info;

    /// <inheritdoc/>
    public void Fill(ulong seed, long first, Span<float> points)
    {
        for (int i = 0; i < points.Length / set.Dimension; i++)
        {
            (long epoch, long place) = Math.DivRem(first + i, set.Count);
            set[OrderOf(seed, epoch)[place]].CopyTo(points[(i * set.Dimension)..]);
        }
    }

    /// <summary>The points of the same set, each drawn independently of all others, so that a point may be drawn again before all have
    /// been.</summary>
    public IPointSource WithReplacement() => new ResampledPoints(info, set);

    private int[] OrderOf(ulong seed, long epoch)
    {
        if (_last is not { } last || last.Seed != seed || last.Epoch != epoch)
        {
            _last = last = (seed, epoch, Permutation.Of(set.Count, seed, RandomDomain.Choice, (uint)epoch));
        }

        return last.Order;
    }
}
