using Diffusion.Models;
using Diffusion.Points;
using Diffusion.Randomness;

namespace Diffusion.Training.Data;

/// <summary>Points chosen again and again, with replacement, from a set that does not change.</summary>
/// <param name="info">What the points are.</param>
/// <param name="set">The set, <c>[n, d]</c>, in the units of the network.</param>
public sealed class FixedPoints(DataInfo info, PointSet set) : IPointSource
{
    private const uint ChoiceStream = 0;

    /// <inheritdoc/>
    public DataInfo Info => info;

    /// <inheritdoc/>
    public void Fill(ulong seed, long first, Span<float> points)
    {
        float[] choices = new float[points.Length / set.Dimension];
        new PhiloxUniform(seed, RandomDomain.Choice).Fill(ChoiceStream, first, choices);
        for (int i = 0; i < choices.Length; i++)
        {
            set[(int)((double)choices[i] * set.Count)].CopyTo(points[(i * set.Dimension)..]);
        }
    }
}
