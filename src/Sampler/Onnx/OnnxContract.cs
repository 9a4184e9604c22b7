using Diffusion.Cards;
using Diffusion.Files.Models;
using Diffusion.Samples;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>The shapes that the inputs and the output of a network's file must have.</summary>
internal static class OnnxContract
{
    private const int VectorAxes = 2;
    private const int ImageAxes = 4;

    /// <summary>Checks a file and finds the shape of its samples.</summary>
    /// <param name="session">The file.</param>
    /// <param name="conditions">The conditions that its card names.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="DiffusionException">An input or output is missing, superfluous, or of another type or shape.</exception>
    public static SampleShape Check(InferenceSession session, ConditionSignature conditions, string source)
    {
        if (session.ModelMetadata.CustomMetadataMap.ContainsKey(SolverInfo.Key))
        {
            throw new DiffusionException(
                $"'{source}' is a compiled sampler; a network is required, such as the one that it was compiled from.");
        }

        RequireNames("inputs", session.InputNames, [NetworkInputs.Sample, NetworkInputs.Timestep, .. NetworkInputs.Of(conditions)], source);
        RequireNames("outputs", session.OutputNames, [NetworkInputs.Output], source);
        SampleShape shape = ShapeOf(session.InputMetadata[NetworkInputs.Sample], source);
        RequireFloat(session.OutputMetadata, NetworkInputs.Output, [-1, .. shape.Lengths], source);
        NodeMetadata timestep = session.InputMetadata[NetworkInputs.Timestep];
        if (!IsFloat(timestep) || timestep.Dimensions is not [<= 1])
        {
            throw new DiffusionException(
                $"'{source}': {NetworkInputs.Timestep} must be float32 with 1 axis that accepts a single value; was {Describe(timestep)}.");
        }

        if (conditions.TakesLabels)
        {
            NodeMetadata labels = session.InputMetadata[NetworkInputs.ClassLabels];
            if (!labels.IsTensor || labels.ElementType != typeof(long) || labels.Dimensions is not [< 0])
            {
                throw new DiffusionException($"'{source}': {NetworkInputs.ClassLabels} must be int64 [n]; was {Describe(labels)}.");
            }
        }

        if (conditions.TakesGiven)
        {
            RequireFloat(session.InputMetadata, NetworkInputs.Given, [-1, .. shape.Lengths], source);
            RequireFloat(session.InputMetadata, NetworkInputs.GivenMask, [-1, .. shape.Lengths], source);
        }

        return shape;
    }

    private static SampleShape ShapeOf(NodeMetadata sample, string source)
    {
        if (!IsFloat(sample) || sample.Dimensions.Length is not (VectorAxes or ImageAxes) || sample.Dimensions[0] > 0
            || sample.Dimensions.Skip(1).Any(length => length < 1))
        {
            throw new DiffusionException(
                $"'{source}': {NetworkInputs.Sample} must be float32 [n, d] or [n, c, h, w], n dynamic and the others fixed; "
                    + $"was {Describe(sample)}.");
        }

        try
        {
            return SampleShape.FromLengths(sample.Dimensions[1..]);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"'{source}': {exception.Message}", exception);
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

    private static void RequireFloat(IReadOnlyDictionary<string, NodeMetadata> nodes, string name, int[] shape, string source)
    {
        if (!IsFloat(nodes[name]) || !nodes[name].Dimensions.SequenceEqual(shape))
        {
            throw new DiffusionException($"'{source}': {name} must be float32 [{Shape(shape)}]; was {Describe(nodes[name])}.");
        }
    }

    /// <summary>Whether it is a tensor of float32; of what is no tensor, ONNX Runtime will not tell the element type.</summary>
    internal static bool IsFloat(NodeMetadata node) => node.IsTensor && node.ElementType == typeof(float);

    /// <summary>Its type and shape, for messages.</summary>
    internal static string Describe(NodeMetadata node)
        => node.IsTensor ? $"{ElementTypes.Name((ulong)node.ElementDataType)} [{Shape(node.Dimensions)}]" : $"{node.OnnxValueType}";

    /// <summary>A shape, for messages; n stands for a length that is left open.</summary>
    internal static string Shape(int[] lengths) => string.Join(", ", lengths.Select(length => length < 0 ? "n" : Invariant($"{length}")));
}
