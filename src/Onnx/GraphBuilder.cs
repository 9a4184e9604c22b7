using System.Runtime.InteropServices;
using Diffusion.Onnx.Protobuf;
using Google.Protobuf;

namespace Diffusion.Onnx;

/// <summary>
/// Builds an ONNX graph of float32 tensors node by node. Values are known by their names; an operator gives the name of
/// its output, so that a graph reads like the formula it stands for.
/// </summary>
public sealed class GraphBuilder
{
    /// <summary>The operator set that the graphs use.</summary>
    public const int Opset = 17;

    /// <summary>The version of the file format that came with that operator set.</summary>
    public const int IrVersion = 8;

    private readonly GraphProto _graph;
    private readonly string _prefix;
    private int _values;

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The name of the graph.</param>
    /// <param name="prefix">What the names of its operators begin with, so that they differ from those of other graphs around it.</param>
    public GraphBuilder(string name, string prefix = "") => (_graph, _prefix) = (new GraphProto { Name = name }, prefix);

    /// <summary>Declares an input.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="shape">The lengths of the axes; a symbol such as "n" leaves a length open.</param>
    public string Input(string name, params IReadOnlyList<Axis> shape) => Input(name, TensorProto.Types.DataType.Float, shape);

    /// <summary>Declares an input of int64, such as labels or indices.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="shape">The lengths of the axes; a symbol such as "n" leaves a length open.</param>
    public string InputInt64(string name, params IReadOnlyList<Axis> shape) => Input(name, TensorProto.Types.DataType.Int64, shape);

    /// <summary>Declares that a value is an output, under a name of its own.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The name of the output.</param>
    /// <param name="shape">The lengths of the axes; null leaves them to those who read the file.</param>
    public void Output(string value, string name, params IReadOnlyList<Axis>? shape)
        => Output(value, name, TensorProto.Types.DataType.Float, shape);

    /// <summary>A float32 constant, such as a weight.</summary>
    /// <param name="name">The name of the value.</param>
    /// <param name="values">The elements, row by row.</param>
    /// <param name="shape">The lengths of the axes; none for a scalar.</param>
    public string Constant(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
        => Constant(name, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>An int64 constant, such as a list of axes.</summary>
    public string Constant(string name, ReadOnlySpan<long> values, params IReadOnlyList<long> shape)
        => Constant(name, TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>A constant of truth values.</summary>
    public string Constant(string name, ReadOnlySpan<bool> values, params IReadOnlyList<long> shape)
        => Constant(name, TensorProto.Types.DataType.Bool, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>A float64 constant.</summary>
    public string Constant(string name, ReadOnlySpan<double> values, params IReadOnlyList<long> shape)
        => Constant(name, TensorProto.Types.DataType.Double, MemoryMarshal.AsBytes(values), values.Length, shape);

    /// <summary>A constant of texts, <c>[n]</c>.</summary>
    public string Constant(string name, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.String,
            Dims = { values.Count },
            StringData = { values.Select(ByteString.CopyFromUtf8) },
        });
        return name;
    }

    /// <summary>A float32 scalar.</summary>
    public string Scalar(string name, double value) => Constant(name, [(float)value]);

    /// <summary>Applies an operator of the standard domain that has one output.</summary>
    /// <param name="operation">The operator, such as "Gemm".</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <returns>The name of its output.</returns>
    public string Apply(string operation, params IEnumerable<string> inputs) => Apply(operation, [], inputs);

    /// <summary>Applies an operator with attributes.</summary>
    /// <param name="operation">The operator, such as "Concat".</param>
    /// <param name="attributes">Names and values of attributes.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <returns>The name of its output.</returns>
    /// <exception cref="ArgumentException">An attribute has no value, or is given twice.</exception>
    public string Apply(string operation, IEnumerable<(string Name, AttributeValue Value)> attributes, params IEnumerable<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        NodeProto node = new() { OpType = operation, Input = { inputs } };
        foreach ((string name, AttributeValue value) in attributes)
        {
            if (value is null || node.Attribute.Any(attribute => attribute.Name == name))
            {
                throw new ArgumentException($"The attribute {name} of {operation} must have one value.", nameof(attributes));
            }

            node.Attribute.Add(value.Named(name));
        }

        node.Name = NewName(operation);
        node.Output.Add(node.Name);
        _graph.Node.Add(node);
        return node.Name;
    }

    /// <summary>Applies Cast to int64.</summary>
    public string ToInt64(string value) => Cast(value, TensorProto.Types.DataType.Int64);

    /// <summary>The finished file.</summary>
    /// <param name="metadata">Key and value pairs that the file carries.</param>
    public byte[] ToModel(IReadOnlyDictionary<string, string> metadata)
        => ToModel(metadata, new ModelProto { OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } } });

    /// <summary>The finished file, of the versions and with the functions that a graph taken in was written for.</summary>
    internal byte[] ToModel(IReadOnlyDictionary<string, string> metadata, ModelProto taken)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new ModelProto
        {
            IrVersion = Math.Max(taken.IrVersion, IrVersion),
            ProducerName = "Diffusion",
            ProducerVersion = typeof(GraphBuilder).Assembly.GetName().Version!.ToString(fieldCount: 3),
            Graph = _graph,
            OpsetImport = { taken.OpsetImport },
            MetadataProps = { metadata.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }) },
        }.ToByteArray();
    }

    /// <summary>Declares an input of any element type, and of a shape that may be unknown.</summary>
    internal string Input(string name, TensorProto.Types.DataType type, IReadOnlyList<Axis>? shape)
    {
        _graph.Input.Add(Describe(name, type, shape));
        return name;
    }

    /// <summary>Declares that a value of any element type is an output, under a name of its own.</summary>
    internal void Output(string value, string name, TensorProto.Types.DataType type, IReadOnlyList<Axis>? shape)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Input = { value }, Output = { name }, Name = name });
        _graph.Output.Add(Describe(name, type, shape));
    }

    /// <summary>Applies Cast.</summary>
    internal string Cast(string value, TensorProto.Types.DataType type) => Apply("Cast", [("to", (long)type)], value);

    /// <summary>Takes in nodes and weights of another graph, under the names that they have.</summary>
    internal void Include(IEnumerable<NodeProto> nodes, IEnumerable<TensorProto> weights)
    {
        _graph.Node.Add(nodes);
        _graph.Initializer.Add(weights);
    }

    /// <summary>
    /// Applies Scan: a body is run for each entry of the scanned values. Its inputs are the states and one entry of each
    /// scanned value; its outputs are the next states, and what is collected over all entries.
    /// </summary>
    /// <param name="body">The body; it may use values of this graph.</param>
    /// <param name="states">The initial states.</param>
    /// <param name="scanned">The values to go through, and the axis to go along.</param>
    /// <param name="collected">How many outputs of the body are collected.</param>
    /// <returns>The last states, and then what was collected.</returns>
    internal IReadOnlyList<string> Scan(
        GraphBuilder body, IReadOnlyList<string> states, IReadOnlyList<(string Value, long Axis)> scanned, int collected)
    {
        string name = NewName(nameof(Scan));
        string[] outputs = [.. Enumerable.Range(0, states.Count + collected).Select(k => Invariant($"{name}_{k}"))];
        _graph.Node.Add(new NodeProto
        {
            OpType = nameof(Scan),
            Name = name,
            Input = { states.Concat(scanned.Select(scan => scan.Value)) },
            Output = { outputs },
            Attribute =
            {
                new AttributeProto { Name = "body", G = body._graph, Type = AttributeProto.Types.AttributeType.Graph },
                new AttributeProto { Name = "num_scan_inputs", I = scanned.Count, Type = AttributeProto.Types.AttributeType.Int },
                new AttributeProto
                {
                    Name = "scan_input_axes", Ints = { scanned.Select(scan => scan.Axis) }, Type = AttributeProto.Types.AttributeType.Ints,
                },
            },
        });
        return outputs;
    }

    private string NewName(string operation) => Invariant($"{_prefix}{operation.ToLowerInvariant()}_{_values++}");

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, IReadOnlyList<Axis>? shape)
    {
        TensorShapeProto? axes = shape is null ? null : new() { Dim = { shape.Select(axis => axis.ToDimension()) } };
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = axes } },
        };
    }

    private string Constant(string name, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, long count, IReadOnlyList<long> shape)
    {
        long expected = shape.Aggregate(1L, (product, length) => product * length);
        if (count != expected)
        {
            string lengths = string.Join(", ", shape.Select(length => Invariant($"{length}")));
            throw new ArgumentException(
                Invariant($"The constant {name} must have {expected} elements for the shape [{lengths}]; found {count}."), nameof(shape));
        }

        _graph.Initializer.Add(
            new TensorProto { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) });
        return name;
    }
}
