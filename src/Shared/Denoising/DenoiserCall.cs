using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Denoising;

/// <summary>What a network is asked: some noisy samples, their noise level, and the conditions of exactly these samples.</summary>
public readonly ref struct DenoiserCall
{
    /// <summary>Creates a call.</summary>
    /// <param name="x">The noisy samples x_t, <c>[n, Size]</c>.</param>
    /// <param name="level">Their noise level.</param>
    /// <param name="conditions">Their conditions; null without conditions.</param>
    /// <param name="first">The number of the first of them among all samples of the job, from 0.</param>
    public DenoiserCall(ReadOnlySpan<float> x, NoiseLevel level, ConditionBatch? conditions = null, long first = 0)
    {
        X = x;
        Level = level;
        Conditions = conditions;
        First = first;
    }

    /// <summary>Gets the noisy samples x_t, <c>[n, Size]</c>.</summary>
    public ReadOnlySpan<float> X { get; }

    /// <summary>Gets their noise level.</summary>
    public NoiseLevel Level { get; }

    /// <summary>Gets their conditions; null without conditions.</summary>
    public ConditionBatch? Conditions { get; }

    /// <summary>Gets the number of the first of them among all samples of the job, from 0.</summary>
    public long First { get; }

    /// <summary>Returns the same call with other conditions.</summary>
    /// <param name="conditions">The conditions of the same samples.</param>
    public DenoiserCall With(ConditionBatch? conditions) => new(X, Level, conditions, First);
}
