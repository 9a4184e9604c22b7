using System.Numerics.Tensors;
using Diffusion.Codecs;

namespace Diffusion.Sampling;

/// <summary>What a compiled file gives out: rows of a table <c>[n, D]</c>, which hold the learned columns and the constants.</summary>
/// <param name="data">What the file says about its data.</param>
/// <param name="source">What to call it in messages.</param>
internal sealed class CompiledOutput(DataInfo data, string source)
{
    private readonly int[] _learned = data.LearnedPositions();

    /// <summary>Refuses values that are not finite.</summary>
    /// <exception cref="DiffusionException">A value is not finite.</exception>
    public void RequireFinite(ReadOnlySpan<float> values)
    {
        if (!TensorPrimitives.IsFiniteAll(values))
        {
            throw new DiffusionException(
                $"'{source}' gives points that are not finite. Sample its network step by step to find the cause, or train it again.");
        }
    }

    /// <summary>Takes the learned columns out of rows, whose constants must be those of the card.</summary>
    /// <param name="rows">The rows, <c>[n, D]</c>.</param>
    /// <param name="samples">Receives the learned columns, <c>[n, d]</c>.</param>
    /// <exception cref="DiffusionException">A constant is another one.</exception>
    public void CopyLearned(ReadOnlySpan<float> rows, Span<float> samples)
    {
        if (data.Constants is not { } constants)
        {
            rows.CopyTo(samples);
            return;
        }

        for (int first = 0; first < rows.Length; first += data.Width)
        {
            ReadOnlySpan<float> row = rows.Slice(first, data.Width);
            for (int k = 0; k < _learned.Length; k++)
            {
                samples[(first / data.Width * _learned.Length) + k] = row[_learned[k]];
            }

            foreach (ConstantColumn constant in constants)
            {
                if (row[constant.Position] != (float)constant.Value)
                {
                    throw new DiffusionException(
                        $"'{source}': column {constant.Position + 1} must be {constant.Value}, as its model card says; "
                            + $"was {row[constant.Position]}. Compile it again.");
                }
            }
        }
    }
}
