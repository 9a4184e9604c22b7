using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Type = Diffusion.Onnx.Protobuf.TensorProto.Types.DataType;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// The part of a compiled sampler that encodes given cells: from two inputs for each column, the cells and whether they are given, to what
/// the network takes.
/// </summary>
internal sealed class TableInputs
{
    private readonly TableGraph _graph;

    /// <summary>Zeros, float32 <c>[n, 1]</c>.</summary>
    private readonly string _zeros;

    /// <summary>The coordinates and their mask, float32 <c>[n, w]</c>, of the blocks that can be given.</summary>
    private readonly Dictionary<PlacedBlock, (string Values, string Mask)> _blocks = [];

    /// <summary>The cells and the mask of each column, <c>[n, 1]</c>.</summary>
    private readonly Dictionary<string, (string Cells, string Mask)> _inputs = [];

    private TableInputs(GraphBuilder graph, string noise)
    {
        _graph = new TableGraph(graph, "input");
        string first = _graph.Apply("Slice", noise, _graph.Constant(0), _graph.Constant(1), _graph.Constant(1));
        _zeros = _graph.Apply("Mul", first, _graph.Constant([0f], 1, 1));
    }

    /// <summary>Writes the inputs, and what the network takes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="table">How rows become samples.</param>
    /// <param name="columns">The columns whose cells can be given.</param>
    /// <param name="noise">The noise, float32 <c>[n, d]</c>.</param>
    /// <returns>The given coordinates and their mask, float32 <c>[n, d]</c>.</returns>
    public static (string Given, string Mask) Write(
        GraphBuilder graph, TableSpec table, IReadOnlyCollection<CompiledColumn> columns, string noise)
    {
        TableInputs inputs = new(graph, noise);
        foreach (CompiledColumn column in columns)
        {
            string cells = graph.Input(column.Given, column.Column is NumberColumnSpec ? Type.Double : Type.Int64, ["n"]);
            string mask = graph.Input(column.Mask, Type.Bool, ["n"]);
            inputs._inputs[column.Column.Name] = (inputs.AsColumn(cells), inputs.AsColumn(mask));
        }

        foreach (CompiledColumn column in columns)
        {
            IReadOnlyList<PlacedBlock> blocks = table.Layout.BlocksOf(column.Column);
            if (column.Column is NumberColumnSpec number)
            {
                inputs.Encode(number, blocks);
            }
            else
            {
                (string cells, string mask) = inputs._inputs[column.Column.Name];
                inputs.Encode(blocks[0], cells, mask);
            }
        }

        (string Values, string Mask)[] parts = [.. table.Layout.Blocks.Select(inputs.PartOf)];
        return (Join(parts.Select(part => part.Values)), Join(parts.Select(part => part.Mask)));

        string Join(IEnumerable<string> values) => graph.Apply("Concat", [("axis", 1)], values);
    }

    private void Encode(NumberColumnSpec column, IReadOnlyList<PlacedBlock> blocks)
    {
        (string value, string mask) = _inputs[column.Name];
        if (column.Base is { } name)
        {
            (string start, string startMask) = _inputs[name];
            (value, mask) = (_graph.Apply("Sub", value, start), _graph.Apply("And", mask, startMask));
        }

        string isMissing = _graph.Apply("IsNaN", value);
        string coordinate = Encode(((NumberBlock)blocks[0].Block).Transform, value);
        Add(blocks[0], coordinate, _graph.Apply("And", mask, _graph.Apply("Not", isMissing)));
        if (blocks.Count > 1)
        {
            Encode(blocks[1], _graph.Cast(isMissing, Type.Int64), mask);
        }
    }

    /// <summary>Encodes numbers, float64 <c>[n, 1]</c>: on the line between two knots, or in the middle of a heavy value's
    /// interval.</summary>
    private string Encode(QuantileTransform transform, string value)
    {
        (double[] knots, double[] values) = (transform.Z.ToArray(), transform.Values.ToArray());
        string inRange = _graph.Apply("Clip", value, _graph.Scalar(values[0]), _graph.Scalar(values[^1]));
        string next = _graph.FirstAbove(inRange, values);
        string z = _graph.Cast(_graph.Interpolate(inRange, values, knots, next), Type.Float);

        // Of each knot, whether it ends a heavy value's interval.
        bool[] areHeavy = [.. values.Select((number, k) => k > 0 && values[k - 1] == number)];
        float[] middles = [.. values.Select(number => transform.Encode(number, TableSpec.Middle))];
        string last = _graph.Apply("Max", _graph.Apply("Sub", next, _graph.Constant(1)), _graph.Constant(0));
        string isHeavy = _graph.Apply(
            "And",
            _graph.Apply("Gather", _graph.Constant(areHeavy), last),
            _graph.Apply("Equal", _graph.Apply("Gather", _graph.Constant(values, values.Length), last), inRange));
        return _graph.Apply("Where", isHeavy, _graph.Apply("Gather", _graph.Constant(middles, middles.Length), last), z);
    }

    /// <summary>Encodes categories, int64 <c>[n, 1]</c>.</summary>
    private void Encode(PlacedBlock placed, string categories, string mask)
    {
        CategoryCode code = ((CategoryBlock)placed.Block).Code;
        float[] codes = Array.ConvertAll(code.Codes.ToArray(), coordinate => (float)coordinate);
        string known = _graph.Apply("Where", mask, categories, _graph.Constant(0));
        string flat = _graph.Apply("Squeeze", known, _graph.Constant(1));
        string rows = _graph.Apply("Gather", _graph.Constant(codes, code.Count, code.Width), flat);
        Add(placed, rows, mask);
    }

    /// <summary>Keeps a block; coordinates that are not given are 0.</summary>
    private void Add(PlacedBlock placed, string coordinates, string mask)
    {
        string wide = _graph.Apply("Where", mask, Repeat(1, placed), Repeat(0, placed));
        _blocks[placed] = (_graph.Apply("Where", mask, coordinates, _graph.Constant([0f], 1, 1)), wide);
    }

    private (string Values, string Mask) PartOf(PlacedBlock placed)
    {
        if (_blocks.TryGetValue(placed, out (string Values, string Mask) part))
        {
            return part;
        }

        string open = _graph.Apply("Add", _zeros, Repeat(0, placed));
        return (open, open);
    }

    private string Repeat(float value, PlacedBlock placed)
        => _graph.Constant([.. Enumerable.Repeat(value, placed.Block.Width)], 1, placed.Block.Width);

    private string AsColumn(string input) => _graph.Apply("Unsqueeze", input, _graph.Constant(1));
}
