using TorchSharp;
using TorchSharp.Modules;

namespace Diffusion.TorchExport.Leaves;

/// <summary>Enlarges <c>[n, c, h, w]</c>: each element is repeated (nearest).</summary>
internal static class UpsampleLeaf
{
    public static GraphValue Write(GraphNet graph, Upsample layer, GraphValue x)
    {
        if (layer.mode != torch.UpsampleMode.Nearest || layer.scale_factor.IsEmpty)
        {
            throw graph.Refusal(layer, "must have the mode nearest and a scale_factor.");
        }

        float[] factors = [.. layer.scale_factor.ToArray().Select(factor => (float)factor)];
        using torch.Tensor scales = torch.tensor([1, 1, factors[0], factors[^1]]);
        return graph.Apply(
            "Resize",
            [("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")],
            x, x with { Name = "" }, graph.Constant(scales));
    }
}
