namespace Diffusion.Denoising;

/// <summary>Changes the clean data that a prediction amounts to, so that they keep to what is known of them.</summary>
public interface ICleanDataConstraint
{
    /// <summary>Changes the predicted clean data of one sample.</summary>
    /// <param name="sample">The number of the sample in the job, from 0.</param>
    /// <param name="clean">x̂₀, <c>[Size]</c>, in the units of the network; changed in place.</param>
    /// <param name="scratch">Memory to work in, <c>[Size]</c>, of any content.</param>
    void Apply(long sample, Span<double> clean, Span<double> scratch);
}
