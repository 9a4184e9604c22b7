using Diffusion.Samples;

namespace Diffusion.Denoising;

/// <summary>What a network takes and gives.</summary>
/// <param name="Shape">The shape of a sample.</param>
public sealed record DenoiserSignature(SampleShape Shape)
{
    /// <summary>Gets the conditions that it takes.</summary>
    public ConditionSignature Conditions { get; init; }

    /// <summary>Gets what its output means.</summary>
    public PredictionType Prediction { get; init; } = PredictionType.Epsilon;
}
