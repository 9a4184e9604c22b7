using Diffusion.Samples;

namespace Diffusion.Training.Data;

/// <summary>Samples as they are in the data, without noise.</summary>
/// <param name="Samples">The samples x₀ in the units of the network, <c>[n, Size]</c>.</param>
/// <param name="Conditions">The conditions of these n samples.</param>
public sealed record CleanBatch(SampleBatch Samples, ConditionBatch Conditions)
{
    /// <summary>Creates a batch of samples without conditions.</summary>
    /// <param name="samples">The samples, <c>[n, Size]</c>.</param>
    public CleanBatch(SampleBatch samples)
        : this(samples, new ConditionBatch((samples ?? throw new ArgumentNullException(nameof(samples))).Count))
    {
    }
}
