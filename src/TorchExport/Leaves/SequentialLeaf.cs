using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diffusion.TorchExport.Leaves;

/// <summary>One layer after another.</summary>
internal static class SequentialLeaf
{
    public static GraphValue Write(GraphNet graph, Sequential layers, GraphValue x)
        => layers.children().Cast<nn.Module<Tensor, Tensor>>().Aggregate(x, (value, layer) => graph.Apply(layer, value));
}
