using Diffusion.TorchExport.Leaves;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>How layers are written as ONNX graphs: a handler for each type of layer.</summary>
public sealed class LayerHandlers
{
    private readonly Dictionary<Type, Func<GraphNet, nn.Module, GraphValue, GraphValue>> _handlers = [];

    /// <summary>Creates the handlers of the layers that are known.</summary>
    public LayerHandlers() => this
        .Add<Linear>(LinearLeaf.Write)
        .Add<Embedding>((graph, layer, x) => graph.Constant(layer.weight!).Gather(x))
        .Add<Conv2d>(Conv2dLeaf.Write)
        .Add<AvgPool2d>(AvgPool2dLeaf.Write)
        .Add<Upsample>(UpsampleLeaf.Write)
        .Add<LayerNorm>(LayerNormLeaf.Write)
        .Add<GroupNorm>(GroupNormLeaf.Write)
        .Add<SiLU>((_, _, x) => x.Silu())
        .Add<ReLU>((_, _, x) => x.Relu())
        .Add<Tanh>((_, _, x) => x.Tanh())
        .Add<Sigmoid>((_, _, x) => x.Sigmoid())
        .Add<Softmax>((_, layer, x) => x.Softmax((int)layer.dim))
        .Add<Dropout>((_, _, x) => x)
        .Add<Identity>((_, _, x) => x)
        .Add<Sequential>(SequentialLeaf.Write);

    /// <summary>Adds a layer, or replaces the handler that it has.</summary>
    /// <typeparam name="TLayer">The type of the layer; those derived from it need handlers of their own.</typeparam>
    /// <param name="write">Writes a layer into a graph: of the graph, the layer and its input, it makes the output.</param>
    public LayerHandlers Add<TLayer>(Func<GraphNet, TLayer, GraphValue, GraphValue> write)
        where TLayer : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(write);
        _handlers[typeof(TLayer)] = (graph, layer, input) => write(graph, (TLayer)layer, input);
        return this;
    }

    internal Func<GraphNet, nn.Module, GraphValue, GraphValue>? Find(nn.Module layer) => _handlers.GetValueOrDefault(layer.GetType());

    internal IReadOnlyCollection<Type> Types => _handlers.Keys;
}
