using Diffusion.Time;

namespace Diffusion.Denoising;

/// <summary>What follows from the meaning of a network's output.</summary>
public static class PredictionTypes
{
    /// <summary>
    /// The factors in ε̂ = OfX·x_t + OfOutput·output: √(1−ᾱ)·x + √ᾱ·v (Salimans and Ho 2022, Appendix D),
    /// or (x − √ᾱ·x₀)/√(1−ᾱ).
    /// </summary>
    /// <param name="prediction">What the output means.</param>
    /// <param name="level">The noise level of x_t, which is not clean.</param>
    public static (double OfX, double OfOutput) Noise(this PredictionType prediction, NoiseLevel level) => prediction switch
    {
        PredictionType.VPrediction => (level.Noise, level.Signal),
        PredictionType.Sample => (1 / level.Noise, -level.Signal / level.Noise),
        _ => (0, 1),
    };

    /// <summary>
    /// The factors in output = OfClean·x₀ + OfNoise·ε, what a network is trained to give: ε, √ᾱ·ε − √(1−ᾱ)·x₀
    /// (Salimans and Ho 2022, Appendix D), or x₀.
    /// </summary>
    /// <param name="prediction">What the output means.</param>
    /// <param name="level">The noise level of x_t.</param>
    public static (double OfClean, double OfNoise) Target(this PredictionType prediction, NoiseLevel level) => prediction switch
    {
        PredictionType.VPrediction => (-level.Noise, level.Signal),
        PredictionType.Sample => (1, 0),
        _ => (0, 1),
    };
}
