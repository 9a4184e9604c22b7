using System.Runtime.InteropServices;
using Diffusion.Randomness;
using Diffusion.Samples;

namespace Diffusion.Training.Data;

/// <summary>Samples drawn from a set that does not change, each independently of all others and with the same probability for every
/// sample of the set.</summary>
/// <param name="set">The set.</param>
internal sealed class ResampledSamples(FixedSamples set) : IBatchSource
{
    private const uint OnlyStream = 0;

    /// <summary>A uniform number has 24 bits; a second one below it chooses evenly among any number of samples.</summary>
    private const double Resolution = 1.0 / (1 << 24);

    /// <inheritdoc/>
    public SampleShape Shape => set.Shape;

    /// <inheritdoc/>
    public ConditionSignature Conditions => set.Conditions;

    /// <inheritdoc/>
    public int? Count => set.Count;

    /// <inheritdoc/>
    public CleanBatch Draw(ulong seed, long first, int count)
    {
        (float High, float Low)[] numbers = new (float, float)[count];
        new PhiloxUniform(seed, RandomDomain.Choice)
            .Fill(OnlyStream, 2 * first, MemoryMarshal.Cast<(float, float), float>(numbers.AsSpan()));
        return set.Select(Array.ConvertAll(numbers, number => (int)((number.High + (Resolution * number.Low)) * set.Count)));
    }
}
