using Diffusion.Onnx;
using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>Writes modules as ONNX graphs. What a handler of a layer writes, it writes through this class.</summary>
public sealed class GraphNet : INet<GraphValue>
{
    private readonly GraphBuilder _graph;
    private readonly LayerHandlers _handlers;

    /// <summary>The paths of the modules, and the names of their parameters and buffers by the handles of their memory.</summary>
    private readonly Dictionary<nn.Module, string> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<nint, string> _names = [];

    /// <summary>The names of the constants that the graph has.</summary>
    private readonly HashSet<string> _constants = [];
    private int _unnamed;

    internal GraphNet(GraphBuilder graph, nn.Module root, LayerHandlers handlers)
    {
        (_graph, _handlers) = (graph, handlers);
        foreach ((string path, nn.Module module) in root.named_modules())
        {
            _paths.TryAdd(module, path);
        }

        IEnumerable<(string, Tensor)> parameters = root.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter));
        foreach ((string name, Tensor tensor) in parameters.Concat(root.named_buffers()))
        {
            _names.TryAdd(tensor.Handle, name);
        }
    }

    /// <inheritdoc/>
    public GraphValue Constant(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!_names.TryGetValue(tensor.Handle, out string? name))
        {
            name = Invariant($"constant_{_unnamed++}");
        }

        return Once(name, (int)tensor.dim(), () =>
        {
            using Tensor values = tensor.detach().cpu().contiguous();
            _ = values.dtype switch
            {
                ScalarType.Float32 => _graph.Constant(name, values.data<float>().ToArray(), values.shape),
                ScalarType.Int64 => _graph.Constant(name, values.data<long>().ToArray(), values.shape),
                var type => throw new DiffusionException($"The constant '{name}' must be of type float32 or int64; was {type}."),
            };
        });
    }

    /// <summary>Returns a float32 number as a value without axes.</summary>
    /// <param name="value">The number.</param>
    public GraphValue Number(double value)
    {
        string name = Invariant($"number_{(float)value}");
        return Once(name, 0, () => _graph.Scalar(name, value));
    }

    /// <summary>Returns int64 numbers as a value of one axis, such as a list of axes.</summary>
    /// <param name="values">The numbers.</param>
    public GraphValue Integers(params IReadOnlyList<long> values)
    {
        string name = $"integers_{string.Join('_', values.Select(value => Invariant($"{value}")))}";
        return Once(name, 1, () => _graph.Constant(name, [.. values], values.Count));
    }

    /// <summary>Applies an operator of the standard domain of ONNX that has one output.</summary>
    /// <param name="operation">The operator, such as "Erf".</param>
    /// <param name="inputs">Its inputs.</param>
    /// <returns>Its output, which is taken to have as many axes as the first input; else set <see cref="GraphValue.Rank"/>.</returns>
    public GraphValue Apply(string operation, params IReadOnlyList<GraphValue> inputs) => Apply(operation, [], inputs);

    /// <summary>Applies an operator of the standard domain of ONNX that has attributes and one output.</summary>
    /// <param name="operation">The operator, such as "Gemm".</param>
    /// <param name="attributes">Names and values of attributes.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <returns>Its output, which is taken to have as many axes as the first input; else set <see cref="GraphValue.Rank"/>.</returns>
    public GraphValue Apply(
        string operation, IEnumerable<(string Name, AttributeValue Value)> attributes, params IReadOnlyList<GraphValue> inputs)
        => new(this, _graph.Apply(operation, attributes, inputs.Select(input => input.Name)), inputs[0].Rank);

    /// <inheritdoc/>
    /// <exception cref="DiffusionException">There is no handler for the layer.</exception>
    public GraphValue Apply(nn.Module<Tensor, Tensor> layer, GraphValue input)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return _handlers.Find(layer) is { } write
            ? write(this, layer, input)
            : throw Refusal(layer, "has no handler. Add one with Layers.Add, or write the module with layers that have one.");
    }

    /// <inheritdoc/>
    public GraphValue Concat(int axis, params IReadOnlyList<GraphValue> values) => Apply("Concat", [("axis", axis)], values);

    /// <summary>Creates the exception for a layer that cannot be written.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="reason">Why, as the end of a sentence that begins with the path and type of the layer.</param>
    public DiffusionException Refusal(nn.Module layer, string reason)
        => new($"The module '{_paths.GetValueOrDefault(layer, "?")}' of type {layer?.GetType().FullName} {reason}");

    internal GraphValue ToInt64(GraphValue value) => value with { Name = _graph.ToInt64(value.Name) };

    private GraphValue Once(string name, int rank, Action write)
    {
        if (_constants.Add(name))
        {
            write();
        }

        return new GraphValue(this, name, rank);
    }
}
