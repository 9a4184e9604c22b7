using TorchSharp;
using TorchSharp.Modules;

namespace Diffusion.TorchExport.Leaves;

/// <summary>
/// Normalises groups of the channels of <c>[n, c, …]</c>, then scales and shifts each channel: InstanceNormalization of
/// <c>[n, groups, …]</c>, which ONNX Runtime computes faster than GroupNormalization.
/// </summary>
internal static class GroupNormLeaf
{
    /// <summary>What Reshape takes for a length that stays, and for what remains.</summary>
    private const long Same = 0;
    private const long Rest = -1;

    public static GraphValue Write(GraphNet graph, GroupNorm layer, GraphValue x)
    {
        using torch.Tensor one = torch.ones(layer.num_groups);
        using torch.Tensor zero = torch.zeros(layer.num_groups);
        GraphValue groups = graph.Apply("Reshape", x, graph.Integers(Same, layer.num_groups, Rest));
        GraphValue normal = graph.Apply(
            "InstanceNormalization", [("epsilon", (float)layer.eps)], groups, graph.Constant(one), graph.Constant(zero));
        GraphValue channels = graph.Apply("Reshape", normal, graph.Apply("Shape", x)) with { Rank = x.Rank };
        return layer.affine ? (channels * OfChannels(layer.weight!)) + OfChannels(layer.bias!) : channels;

        // [c] becomes [c, 1, …].
        GraphValue OfChannels(torch.Tensor values) => graph.Constant(values).Reshape([Rest, .. Enumerable.Repeat(1L, x.Rank - 2)]);
    }
}
