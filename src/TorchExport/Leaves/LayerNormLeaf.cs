using TorchSharp;
using TorchSharp.Modules;

namespace Diffusion.TorchExport.Leaves;

/// <summary>Normalises the last axes to mean 0 and variance 1, then scales and shifts them.</summary>
internal static class LayerNormLeaf
{
    public static GraphValue Write(GraphNet graph, LayerNorm layer, GraphValue x)
    {
        using torch.Tensor one = torch.ones(layer.normalized_shape);
        GraphValue[] bias = layer.bias is { } values ? [graph.Constant(values)] : [];
        return graph.Apply(
            "LayerNormalization",
            [("axis", -layer.normalized_shape.Length), ("epsilon", (float)layer.eps)],
            [x, graph.Constant(layer.weight ?? one), .. bias]);
    }
}
