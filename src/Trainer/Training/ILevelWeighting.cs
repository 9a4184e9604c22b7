using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Training;

/// <summary>How much the error at each noise level counts in the loss.</summary>
public interface ILevelWeighting
{
    /// <summary>Computes the factor of the squared error of a network's output.</summary>
    /// <param name="prediction">What the output means.</param>
    /// <param name="level">The noise level, which is not clean.</param>
    /// <returns>The factor, at least 0.</returns>
    double Weight(PredictionType prediction, NoiseLevel level);
}
