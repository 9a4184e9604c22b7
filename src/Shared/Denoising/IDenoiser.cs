namespace Diffusion.Denoising;

/// <summary>A network, or what stands between a network and a solver. Safe to use from many threads at once.</summary>
public interface IDenoiser
{
    /// <summary>Gets what it takes and gives.</summary>
    DenoiserSignature Signature { get; }

    /// <summary>Computes the output for some samples.</summary>
    /// <param name="input">The noisy samples, their noise level and their conditions.</param>
    /// <param name="output">Receives the output, <c>[n, Size]</c>; does not overlap the samples.</param>
    void Predict(in DenoiserCall input, Span<float> output);
}
