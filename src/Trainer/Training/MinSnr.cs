using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Training;

/// <summary>
/// Min-SNR-γ (Hang et al. 2023, §3.4): the squared error of the clean data counts min(SNR, γ) times, SNR = ᾱ/(1−ᾱ), which keeps
/// the many levels of little noise from outweighing the others. In the output that is min(SNR, γ) for x₀, min(SNR, γ)/SNR for ε
/// and min(SNR, γ)/(SNR + 1) for v.
/// </summary>
public sealed record MinSnr : ILevelWeighting
{
    /// <summary>The γ that the paper recommends.</summary>
    public const double DefaultGamma = 5;

    /// <summary>Creates the weighting.</summary>
    /// <param name="gamma">γ, greater than 0.</param>
    /// <exception cref="DiffusionException">γ is out of range.</exception>
    public MinSnr(double gamma = DefaultGamma) => Gamma = gamma;

    /// <summary>Gets γ, the largest factor of the squared error of the clean data, greater than 0; 5 by default.</summary>
    /// <exception cref="DiffusionException">The value is out of range.</exception>
    public double Gamma
    {
        get;
        init => field = OptionRange.Require(value, value > 0 && double.IsFinite(value), "γ of min-SNR", "greater than 0");
    }

    /// <inheritdoc/>
    /// <remarks>The errors of x̂₀ and ε̂ stand as σ² = 1/SNR to 1, and those of ε̂ and the output as the factor in ε̂
    /// squared.</remarks>
    public double Weight(PredictionType prediction, NoiseLevel level)
    {
        double ofOutput = prediction.Noise(level).OfOutput;
        return Math.Min(1, Gamma * level.Sigma * level.Sigma) * ofOutput * ofOutput;
    }
}
