using Diffusion.Samples;

namespace Diffusion.Training.Data;

/// <summary>Where training samples come from, in the units of the network. Sample i of the endless sequence is a function of the seed and
/// of i alone.</summary>
public interface IBatchSource
{
    /// <summary>Gets the shape of a sample.</summary>
    SampleShape Shape { get; }

    /// <summary>Gets the conditions that accompany each sample; none by default.</summary>
    ConditionSignature Conditions => default;

    /// <summary>Gets the number of different samples, or null where every sample is a fresh one, as by default.</summary>
    int? Count => null;

    /// <summary>Draws the samples <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first sample, at least 0.</param>
    /// <param name="count">The number n of samples, at least 1.</param>
    /// <returns>n samples, and their conditions where there are any.</returns>
    CleanBatch Draw(ulong seed, long first, int count);
}
