namespace Diffusion.Training.Networks;

/// <summary>What a network is told about time, as a number u from 0 to 1.</summary>
public enum TimeInput
{
    /// <summary>The noise level: u = (log σ(i) − log σ(0)) / (log σ(T−1) − log σ(0)), log σ linear between indices.</summary>
    NoiseLevel,

    /// <summary>The lab's t/T: u = (i + 1)/T.</summary>
    Index,
}
