using Diffusion.Samples;

namespace Diffusion.Denoising;

/// <summary>Changes the clean data that a prediction amounts to, so that they keep to what is known of them.</summary>
public interface ICleanDataConstraint
{
    /// <summary>Checks that the constraint fits a job; by default it fits every job.</summary>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="count">The number of samples in the job.</param>
    /// <exception cref="DiffusionException">It is made for another shape or for fewer samples.</exception>
    void Validate(SampleShape shape, long count)
    {
    }

    /// <summary>Changes the predicted clean data of one sample.</summary>
    /// <param name="sample">The number of the sample in the job, from 0.</param>
    /// <param name="clean">x̂₀, <c>[Size]</c>, in the units of the network; changed in place.</param>
    /// <param name="scratch">Memory to work in, <c>[Size]</c>, of any content.</param>
    void Apply(long sample, Span<double> clean, Span<double> scratch);
}
