namespace Diffusion.Denoising;

/// <summary>What a network's output means.</summary>
public enum PredictionType
{
    /// <summary>The noise ε (Ho et al. 2020).</summary>
    Epsilon,

    /// <summary>v = √ᾱ·ε − √(1−ᾱ)·x₀ (Salimans and Ho 2022).</summary>
    VPrediction,

    /// <summary>The clean data x₀.</summary>
    Sample,
}
