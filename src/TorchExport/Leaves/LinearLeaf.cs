using TorchSharp.Modules;

namespace Diffusion.TorchExport.Leaves;

/// <summary>y = x·Wᵀ + b. Matrices are one Gemm, whose sums begin with b; more axes take MatMul.</summary>
internal static class LinearLeaf
{
    private const int MatrixRank = 2;

    public static GraphValue Write(GraphNet graph, Linear layer, GraphValue x)
    {
        GraphValue weight = graph.Constant(layer.weight!);
        GraphValue[] bias = layer.bias is { } values ? [graph.Constant(values)] : [];
        return x.Rank == MatrixRank
            ? graph.Apply("Gemm", [("transB", 1)], [x, weight, .. bias])
            : bias.Aggregate(graph.Apply("MatMul", x, weight.Permute(1, 0)), (product, b) => product + b) with { Rank = x.Rank };
    }
}
