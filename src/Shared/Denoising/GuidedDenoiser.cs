using System.Buffers;
using System.Numerics.Tensors;
using Diffusion.Samples;

namespace Diffusion.Denoising;

/// <summary>
/// Classifier-free guidance: ε̂ = ε̂_none + w·(ε̂_label − ε̂_none) (Ho and Salimans 2022, Eq. 6, whose w is this w − 1): 0 is
/// "none", 1 is plain conditional, as <c>guidance_scale</c> counts in diffusers. A network that takes no labels is guided to its given
/// values: "none" is then the answer without them. Where values are given, x_t is these values with the noise of the start, which is what
/// that answer is to see, and ε̂ leads back to them whatever w is.
/// </summary>
/// <param name="inner">Predicts ε for labels or given values, and without them.</param>
/// <param name="weight">w.</param>
public sealed class GuidedDenoiser(IDenoiser inner, double weight) : IDenoiser
{
    /// <inheritdoc/>
    public DenoiserSignature Signature => inner.Signature;

    /// <inheritdoc/>
    public void Predict(in DenoiserCall input, Span<float> output)
    {
        ArgumentNullException.ThrowIfNull(input.Conditions);
        long[] labels = ArrayPool<long>.Shared.Rent(input.Conditions.Count);
        float[] rented = ArrayPool<float>.Shared.Rent(2 * output.Length);
        try
        {
            Span<float> unconditional = rented.AsSpan(0, output.Length);
            Memory<float> nothing = rented.AsMemory(output.Length, output.Length);
            inner.Predict(input.With(None(input.Conditions, labels, nothing)), unconditional);
            inner.Predict(input, output);
            if (!Signature.Conditions.TakesLabels)
            {
                KeepGiven(input.Conditions.Mask.Span, output, unconditional);
            }

            TensorPrimitives.Subtract(output, unconditional, output);
            TensorPrimitives.MultiplyAdd(output, (float)weight, unconditional, output);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
            ArrayPool<long>.Shared.Return(labels);
        }
    }

    /// <summary>The conditions without what is guided to.</summary>
    private ConditionBatch None(ConditionBatch conditions, long[] labels, Memory<float> nothing)
    {
        if (!Signature.Conditions.TakesLabels)
        {
            nothing.Span.Clear();
            return new ConditionBatch(conditions.Count) { Given = nothing, Mask = nothing };
        }

        labels.AsSpan(0, conditions.Count).Fill(Signature.Conditions.NoLabel);
        return conditions.WithLabels(labels.AsMemory(0, conditions.Count));
    }

    private static void KeepGiven(ReadOnlySpan<float> mask, ReadOnlySpan<float> conditional, Span<float> unconditional)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            unconditional[i] = mask[i] > 0 ? conditional[i] : unconditional[i];
        }
    }
}
