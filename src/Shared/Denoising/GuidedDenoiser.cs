using System.Buffers;
using System.Numerics.Tensors;
using Diffusion.Samples;

namespace Diffusion.Denoising;

/// <summary>
/// Classifier-free guidance: ε̂ = ε̂_none + w·(ε̂_label − ε̂_none) (Ho and Salimans 2022, Eq. 6, whose w is this w − 1): 0 is
/// "none", 1 is plain conditional, as <c>guidance_scale</c> counts in diffusers.
/// </summary>
/// <param name="inner">Predicts ε for labels, and for the label "none".</param>
/// <param name="weight">w.</param>
public sealed class GuidedDenoiser(IDenoiser inner, double weight) : IDenoiser
{
    /// <inheritdoc/>
    public DenoiserSignature Signature => inner.Signature;

    /// <inheritdoc/>
    public void Predict(in DenoiserCall input, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(input.Conditions);
        int count = input.Conditions.Count;
        long[] labels = ArrayPool<long>.Shared.Rent(count);
        float[] rented = ArrayPool<float>.Shared.Rent(output.Length);
        try
        {
            labels.AsSpan(0, count).Fill(Signature.Conditions.NoLabel);
            ConditionBatch none = input.Conditions.WithLabels(labels.AsMemory(0, count));
            Span<float> unconditional = rented.AsSpan(0, output.Length);
            inner.Predict(input.With(none), unconditional);
            inner.Predict(input, output);
            TensorPrimitives.Subtract(output, unconditional, output);
            TensorPrimitives.MultiplyAdd(output, (float)weight, unconditional, output);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
            ArrayPool<long>.Shared.Return(labels);
        }
    }
}
