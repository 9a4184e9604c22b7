using Diffusion.Onnx;
using TorchSharp;
using TorchSharp.Modules;

namespace Diffusion.TorchExport.Leaves;

/// <summary>A convolution of <c>[n, c, h, w]</c>, padded with zeros by the same number at both ends of an axis.</summary>
internal static class Conv2dLeaf
{
    public static GraphValue Write(GraphNet graph, Conv2d layer, GraphValue x)
    {
        if (layer.padding_mode != PaddingModes.Zeros || layer.padding_type == Padding.Same)
        {
            throw graph.Refusal(layer, "must be padded with zeros, by numbers.");
        }

        GraphValue[] bias = layer.bias is { } values ? [graph.Constant(values)] : [];
        return graph.Apply(
            "Conv",
            [
                ("strides", layer.stride), ("dilations", layer.dilation), ("group", layer.groups),
                ("pads", AttributeValue.FromInt64s([.. layer.padding ?? [0, 0], .. layer.padding ?? [0, 0]])),
            ],
            [x, graph.Constant(layer.weight!), .. bias]);
    }
}
