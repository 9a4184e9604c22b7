using Diffusion.Onnx;
using TorchSharp.Modules;

namespace Diffusion.TorchExport.Leaves;

/// <summary>Means of blocks of <c>[n, c, h, w]</c>.</summary>
internal static class AvgPool2dLeaf
{
    public static GraphValue Write(GraphNet graph, AvgPool2d layer, GraphValue x)
    {
        if (layer.divisor_override is not null || layer.ceil_mode)
        {
            throw graph.Refusal(layer, "must not have divisor_override or ceil_mode.");
        }

        long[] padding = layer.padding ?? [0];
        return graph.Apply(
            "AveragePool",
            [
                ("kernel_shape", Both(layer.kernel_size)), ("strides", Both(layer.stride ?? layer.kernel_size)),
                ("pads", AttributeValue.FromInt64s([.. Both(padding), .. Both(padding)])),
                ("count_include_pad", layer.count_include_pad ? 1 : 0),
            ],
            x);
    }

    /// <summary>The numbers for height and width, which may be one.</summary>
    private static long[] Both(long[] numbers) => numbers is [var one] ? [one, one] : numbers;
}
