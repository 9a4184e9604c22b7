using Diffusion.Time;

namespace Diffusion.Denoising;

/// <summary>
/// Computes the clean data x̂₀ that a prediction amounts to, lets a constraint change them, and derives ε̂ from them again. It works
/// with every solver, as a solver sees an ordinary ε̂.
/// </summary>
/// <param name="inner">Predicts ε.</param>
/// <param name="constraint">Changes x̂₀.</param>
public sealed class ConstrainedDenoiser(IDenoiser inner, ICleanDataConstraint constraint) : IDenoiser
{
    /// <summary>Samples of no more values are worked on in the stack.</summary>
    private const int LargestOnStack = 64;

    /// <inheritdoc/>
    public DenoiserSignature Signature => inner.Signature;

    /// <inheritdoc/>
    public void Predict(in DenoiserCall input, Span<float> output)
    {
        inner.Predict(input, output);
        (double ofX, double ofEpsilon) = ForwardProcess.CleanData(input.Level);
        int size = Signature.Shape.Size;
        Span<double> memory = size <= LargestOnStack ? stackalloc double[2 * size] : new double[2 * size];
        Span<double> clean = memory[..size];
        for (int first = 0; first < output.Length; first += size)
        {
            for (int j = 0; j < size; j++)
            {
                clean[j] = (ofX * input.X[first + j]) + (ofEpsilon * output[first + j]);
            }

            constraint.Apply(input.First + (first / size), clean, memory[size..]);
            for (int j = 0; j < size; j++)
            {
                output[first + j] = (float)((clean[j] - (ofX * input.X[first + j])) / ofEpsilon);
            }
        }
    }
}
