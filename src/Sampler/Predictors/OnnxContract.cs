using Diffusion.Cards;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Diffusion.Sampling;

/// <summary>The names and shapes that a network's file must have.</summary>
internal static class OnnxContract
{
    public const string Sample = "sample";
    public const string Timestep = "timestep";
    public const string OutSample = "out_sample";

    /// <exception cref="DiffusionException">An input or output is missing, superfluous, or of another type or shape.</exception>
    public static void Check(InferenceSession session, string source)
    {
        if (session.ModelMetadata.CustomMetadataMap.ContainsKey(SolverInfo.Key))
        {
            throw new DiffusionException(
                $"'{source}' is a compiled sampler; a network is required, such as the one that it was compiled from.");
        }

        RequireNames("inputs", session.InputNames, [Sample, Timestep], source);
        RequireNames("outputs", session.OutputNames, [OutSample], source);
        RequireShape(session.InputMetadata, Sample, 2, source);
        RequireShape(session.InputMetadata, Timestep, 1, source);
        RequireShape(session.OutputMetadata, OutSample, 2, source);
        int dimension = session.InputMetadata[Sample].Dimensions[1];
        if (dimension is < 1 or > ModelCard.LargestDimension)
        {
            throw new DiffusionException(
                $"'{source}': the second axis of {Sample} must be fixed, between 1 and {ModelCard.LargestDimension}.");
        }

        if (session.OutputMetadata[OutSample].Dimensions[1] != dimension)
        {
            throw new DiffusionException(
                $"'{source}': the second axis of {OutSample} must be {dimension}, like the second axis of {Sample}; "
                    + $"was {session.OutputMetadata[OutSample].Dimensions[1]}.");
        }

        if (session.InputMetadata[Sample].Dimensions[0] > 0 || session.OutputMetadata[OutSample].Dimensions[0] > 0
            || session.InputMetadata[Timestep].Dimensions[0] > 1)
        {
            throw new DiffusionException(
                $"'{source}': the first axis of {Sample} and {OutSample} must be dynamic, and {Timestep} must accept a single value.");
        }
    }

    private static void RequireNames(string what, IReadOnlyList<string> found, string[] expected, string source)
    {
        if (!found.Order().SequenceEqual(expected.Order()))
        {
            throw new DiffusionException(
                $"'{source}' is not a diffusion network: expected the {what} {string.Join(", ", expected)}; "
                    + $"found {string.Join(", ", found)}.");
        }
    }

    private static void RequireShape(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, int axes, string source)
    {
        NodeMetadata node = nodes[name];
        if (!IsFloat(node) || node.Dimensions.Length != axes)
        {
            throw new DiffusionException(
                $"'{source}': {name} must be float32 with {axes} {(axes == 1 ? "axis" : "axes")}; was {Describe(node)}.");
        }
    }

    /// <summary>Whether it is a tensor of float32; of what is no tensor, ONNX Runtime will not tell the element type.</summary>
    internal static bool IsFloat(NodeMetadata node) => node.IsTensor && node.ElementType == typeof(float);

    /// <summary>Its type and shape, for messages.</summary>
    internal static string Describe(NodeMetadata node)
        => node.IsTensor ? $"{TypeName(node.ElementDataType)} [{Shape(node.Dimensions)}]" : $"{node.OnnxValueType}";

    /// <summary>The name of an element type as NumPy has it.</summary>
    private static string TypeName(TensorElementType type) => type switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Double => "float64",
        _ => $"{type}".ToLowerInvariant(),
    };

    /// <summary>A shape, for messages; n stands for a length that is left open.</summary>
    internal static string Shape(int[] lengths) => string.Join(", ", lengths.Select(length => length < 0 ? "n" : Invariant($"{length}")));
}
