using Diffusion.Onnx.Protobuf;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// The part of a network that depends on the timestep alone and can be given all timesteps at once, <c>[m]</c>, before the
/// loop begins. It has those operators only that treat the first axis row by row and round each result correctly, so that
/// a row gets the same bits as alone; sines, exponentials and matrices depend on how a kernel fills its vectors.
/// </summary>
internal sealed class TimePart
{
    private static readonly string[] Exact =
    [
        "Add", "Cast", "Ceil", "Clip", "Div", "Floor", "Identity", "Max", "Min", "Mul", "Neg", "Relu", "Sqrt", "Sub",
    ];

    private readonly Dictionary<string, TensorProto> _weights;

    /// <summary>The values of the part and their number of axes.</summary>
    private readonly Dictionary<string, int> _axes;
    private readonly Dictionary<string, TensorProto.Types.DataType> _types;

    private TimePart(GraphProto network, string timestep, TensorProto.Types.DataType type)
    {
        _weights = network.Initializer.ToDictionary(weight => weight.Name);
        _axes = new Dictionary<string, int> { [timestep] = 1 };
        _types = new Dictionary<string, TensorProto.Types.DataType> { [timestep] = type };
        List<NodeProto> inside = [];
        List<NodeProto> rest = [];
        foreach (NodeProto node in network.Node)
        {
            if (AxesOf(node) is { } axes)
            {
                _axes[node.Output[0]] = axes;
                _types[node.Output[0]] = ResultType(node);
                inside.Add(node);
            }
            else
            {
                rest.Add(node);
            }
        }

        (Nodes, Rest) = (inside, rest);
        HashSet<string> used = [.. rest.SelectMany(Uses)];
        Results = [.. _axes.Keys.Where(used.Contains)];
    }

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<NodeProto> Nodes { get; }

    /// <summary>All other nodes of the network.</summary>
    public IReadOnlyList<NodeProto> Rest { get; }

    /// <summary>
    /// The values that the other nodes use, the timestep itself among them where they use it; the first axis of each is m.
    /// </summary>
    public IReadOnlyList<string> Results { get; }

    /// <summary>Finds the part.</summary>
    /// <param name="network">The network.</param>
    /// <param name="timestep">Its input of timesteps, <c>[m]</c>.</param>
    /// <param name="type">The element type of the timesteps.</param>
    public static TimePart Of(GraphProto network, string timestep, TensorProto.Types.DataType type) => new(network, timestep, type);

    /// <summary>The element type of a value of the part.</summary>
    public TensorProto.Types.DataType TypeOf(string value) => _types[value];

    /// <summary>The number of axes of a node's output if the node belongs to the part, else null.</summary>
    private int? AxesOf(NodeProto node)
    {
        string[] inside = [.. node.Input.Where(_axes.ContainsKey)];
        string[] others = [.. node.Input.Where(input => input.Length > 0 && !_axes.ContainsKey(input))];
        if (node.Domain.Length > 0 || node.Output.Count != 1 || inside.Length == 0 || !others.All(_weights.ContainsKey))
        {
            return null;
        }

        int axes = _axes[inside[0]];
        return node.OpType switch
        {
            "Unsqueeze" when axes == 1 && others is [var axis] && Values(axis) is [1] or [-1] => 2,
            "Gather" when node.Input is [var table, var index]
                && index == inside[0]
                && others is [_]
                && Attribute(node, "axis", 0) == 0
                && _weights[table].Dims.Count == 1 => axes,
            var operation when Exact.Contains(operation)
                && inside.All(value => _axes[value] == axes)
                && others.All(other => IsScalar(other) || (axes == 2 && IsOneRow(other))) => axes,
            _ => null,
        };
    }

    private TensorProto.Types.DataType ResultType(NodeProto node) => node.OpType switch
    {
        "Cast" => (TensorProto.Types.DataType)Attribute(node, "to", 0),
        "Gather" => (TensorProto.Types.DataType)_weights[node.Input[0]].DataType,
        _ => _types[node.Input.First(_types.ContainsKey)],
    };

    private bool IsScalar(string weight) => _weights[weight].Dims.All(length => length == 1) && _weights[weight].Dims.Count <= 1;

    /// <summary>Whether a weight is the same for all rows.</summary>
    private bool IsOneRow(string weight) => _weights[weight].Dims is { Count: 1 } or [1, _];

    private long[]? Values(string weight)
        => _weights[weight] is { DataType: (int)TensorProto.Types.DataType.Int64, HasRawData: true } tensor
            ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
            : null;

    private static long Attribute(NodeProto node, string name, long usual)
        => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? usual;

    /// <summary>What a node and the graphs within it use.</summary>
    private static IEnumerable<string> Uses(NodeProto node)
        => node.Input.Concat(
            node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => attribute.G.Node.SelectMany(Uses)));
}
