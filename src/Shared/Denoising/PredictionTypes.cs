using Diffusion.Time;

namespace Diffusion.Denoising;

/// <summary>What follows from the meaning of a network's output.</summary>
public static class PredictionTypes
{
    /// <summary>
    /// The factors in ε̂ = OfX·x_t + OfOutput·output: √(1−ᾱ)·x + √ᾱ·v (Salimans and Ho 2022, Appendix D), or (x − √ᾱ·x₀)/√(1−ᾱ).
    /// </summary>
    /// <param name="prediction">What the output means.</param>
    /// <param name="alphaBar">ᾱ, in (0, 1).</param>
    public static (double OfX, double OfOutput) Noise(this PredictionType prediction, double alphaBar)
    {
        double signal = ForwardProcess.SignalScale(alphaBar);
        double noise = ForwardProcess.NoiseScale(alphaBar);
        return prediction switch
        {
            PredictionType.VPrediction => (noise, signal),
            PredictionType.Sample => (1 / noise, -signal / noise),
            _ => (0, 1),
        };
    }

    /// <summary>
    /// The factors in output = OfClean·x₀ + OfNoise·ε, what a network is trained to give: ε, √ᾱ·ε − √(1−ᾱ)·x₀ (Salimans and Ho 2022,
    /// Appendix D), or x₀.
    /// </summary>
    /// <param name="prediction">What the output means.</param>
    /// <param name="alphaBar">ᾱ, in [0, 1].</param>
    public static (double OfClean, double OfNoise) Target(this PredictionType prediction, double alphaBar) => prediction switch
    {
        PredictionType.VPrediction => (-ForwardProcess.NoiseScale(alphaBar), ForwardProcess.SignalScale(alphaBar)),
        PredictionType.Sample => (1, 0),
        _ => (0, 1),
    };
}
