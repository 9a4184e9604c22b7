using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Solvers;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>The names and shapes that a compiled sampler must have.</summary>
internal static class CompiledContract
{
    /// <summary>The inputs of a file with this solver in it.</summary>
    public static IReadOnlyList<string> Inputs(Tableau tableau)
        => tableau.IsDeterministic ? [CompiledNames.Noise] : [CompiledNames.Noise, CompiledNames.StepNoise];

    /// <param name="session">The file.</param>
    /// <param name="tableau">The solver in it.</param>
    /// <param name="data">What it was trained on: noise has the d learned columns, samples all D.</param>
    /// <param name="cells">Its inputs and outputs with cells of a table.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="DiffusionException">An input or output is missing, superfluous, or of another type or shape.</exception>
    public static void Check(InferenceSession session, Tableau tableau, DataInfo data, CompiledCells cells, string source)
    {
        string[] inputs = [.. Inputs(tableau), .. cells.InputNames];
        string[] outputs = [CompiledNames.Sample, .. cells.OutputNames];
        if (!session.InputNames.Order().SequenceEqual(inputs.Order()) || outputs.Except(session.OutputNames).Any())
        {
            throw new DiffusionException(
                $"'{source}' is not a compiled sampler: "
                    + $"expected the inputs {string.Join(", ", inputs)} and the outputs {string.Join(", ", outputs)}; "
                    + $"found {string.Join(", ", session.InputNames)} and {string.Join(", ", session.OutputNames)}.");
        }

        foreach ((string name, NodeMetadata node) in session.InputMetadata.Concat(session.OutputMetadata))
        {
            if (cells.ElementTypeOf(name) is { } type && !(node.IsTensor && node.ElementType == type && node.Dimensions is [< 0]))
            {
                throw new DiffusionException(
                    $"'{source}': {name} must be {type.Name} [n], as its table says; was {OnnxContract.Describe(node)}.");
            }

            int[]? shape = name switch
            {
                CompiledNames.Noise => [-1, data.Dimension],
                CompiledNames.Sample => [-1, data.Width],
                CompiledNames.StepNoise => [-1, tableau.Rows.Length, data.Dimension],
                CompiledNames.Trajectory => [tableau.Steps + 1, -1, data.Width],
                _ => null,
            };
            if (shape is not null && !(OnnxContract.IsFloat(node) && node.Dimensions.SequenceEqual(shape)))
            {
                throw new DiffusionException(
                    $"'{source}': {name} must be float32 [{OnnxContract.Shape(shape)}], as its solver and its model card say; "
                        + $"was {OnnxContract.Describe(node)}.");
            }
        }
    }
}
