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

    /// <summary>A uniform number has 24 bits; two of them choose evenly from any set.</summary>
    private const int NumbersPerChoice = 2;
    private const double Resolution = 1.0 / (1 << 24);

    /// <inheritdoc/>
    public DataInfo Info => info;

    /// <inheritdoc/>
    public void Fill(ulong seed, long first, Span<float> points)
    {
        int count = points.Length / set.Dimension;
        float[] numbers = new float[NumbersPerChoice * count];
        new PhiloxUniform(seed, RandomDomain.Choice).Fill(ChoiceStream, NumbersPerChoice * first, numbers);
        for (int i = 0; i < count; i++)
        {
            double choice = numbers[NumbersPerChoice * i] + (Resolution * numbers[(NumbersPerChoice * i) + 1]);
            set[(int)(choice * set.Count)].CopyTo(points[(i * set.Dimension)..]);
        }
    }
}
