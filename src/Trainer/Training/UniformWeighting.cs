using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Training;

/// <summary>The squared error of the output counts alike at all noise levels, as in the simple loss of Ho et al. 2020, Eq. 14.</summary>
public sealed record UniformWeighting : ILevelWeighting
{
    /// <inheritdoc/>
    public double Weight(PredictionType prediction, NoiseLevel level) => 1;
}
