namespace Diffusion.Time;

/// <summary>
/// A moment of the forward process x_t = √ᾱ·x₀ + √(1−ᾱ)·ε (Ho et al. 2020, Eq. 4): its timestep, and how much signal and
/// noise are in x there. <see cref="NoiseSchedule.At"/> and <see cref="NoiseSchedule.AtSigma"/> give it.
/// </summary>
public readonly record struct NoiseLevel
{
    internal NoiseLevel(double timestep, double alphaBar) => (Timestep, AlphaBar) = (timestep, alphaBar);

    /// <summary>Gets the level of clean data: index −1, ᾱ = 1.</summary>
    public static NoiseLevel Clean { get; } = new(NoiseSchedule.CleanIndex, NoiseSchedule.CleanAlphaBar);

    /// <summary>Gets the index i that a network is asked at: from 0 to T−1, fractions allowed, and −1 for clean data.</summary>
    public double Timestep { get; }

    /// <summary>Gets the time t = i + 1 of the papers: from 1 to T, and 0 for clean data.</summary>
    public double Time => PaperTime.FromTimestep(Timestep);

    /// <summary>Gets ᾱ, from near 0 at T to 1 for clean data.</summary>
    public double AlphaBar { get; }

    /// <summary>Gets √ᾱ, the factor of the data.</summary>
    public double Signal => Math.Sqrt(AlphaBar);

    /// <summary>Gets √(1−ᾱ), the factor of the noise.</summary>
    public double Noise => Math.Sqrt(1 - AlphaBar);

    /// <summary>Gets σ = √((1−ᾱ)/ᾱ), the noise relative to the data.</summary>
    public double Sigma => Math.Sqrt((1 - AlphaBar) / AlphaBar);

    /// <summary>Gets log σ, which is −λ of the DPM-Solver papers: half the logarithm of the noise-to-signal ratio.</summary>
    public double LogSigma => Math.Log(Sigma);

    /// <summary>Gets a value indicating whether this is clean data.</summary>
    public bool IsClean => Timestep == NoiseSchedule.CleanIndex;
}
