using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Type = Diffusion.Onnx.Protobuf.TensorProto.Types.DataType;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// The part of a compiled sampler that decodes a table, in the arithmetic of <see cref="TableSpec.Decode(Samples.SampleBatch)"/>: from
/// coordinates to an output for each column.
/// </summary>
internal sealed class TableOutputs
{
    private const string MissingText = "";

    private readonly TableSpec _table;
    private readonly IReadOnlyCollection<CompiledColumn> _givable;
    private readonly TableGraph _graph;

    /// <summary>NaN, float64. It is computed, as a file with NaN among its numbers is taken for one whose training diverged.</summary>
    private readonly string _missing;

    /// <summary>The samples, float64 <c>[n, d]</c>.</summary>
    private readonly string _samples;

    /// <summary>The categories of each column of categories, int64 <c>[n]</c>.</summary>
    private readonly Dictionary<string, string> _categories = [];

    /// <summary>The cells of each column, <c>[n]</c>.</summary>
    private readonly Dictionary<string, string> _cells = [];

    private TableOutputs(GraphBuilder graph, TableSpec table, IReadOnlyCollection<CompiledColumn> givable, string samples)
    {
        _table = table;
        _givable = givable;
        _graph = new TableGraph(graph, "output");
        _samples = _graph.Cast(samples, Type.Double);
        _missing = _graph.Apply("Sqrt", _graph.Scalar(-1));
    }

    /// <summary>Writes the outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="table">How samples become rows.</param>
    /// <param name="givable">The columns whose cells can be given.</param>
    /// <param name="samples">The samples, float32 <c>[n, d]</c>, with what is given in its place.</param>
    public static void Write(GraphBuilder graph, TableSpec table, IReadOnlyCollection<CompiledColumn> givable, string samples)
    {
        TableOutputs outputs = new(graph, table, givable, samples);
        foreach (ColumnSpec column in table.Columns.OrderBy(column => column.Needed is not null))
        {
            outputs._cells[column.Name] = column is NumberColumnSpec number
                ? outputs.Decode(number)
                : outputs.Decode((CategoryColumnSpec)column);
        }

        foreach (CompiledColumn column in CompiledColumn.FromTable(table))
        {
            graph.Output(outputs._cells[column.Column.Name], column.Output, column.IsText ? Type.String : Type.Double, ["n"]);
        }
    }

    private string Decode(NumberColumnSpec column)
    {
        IReadOnlyList<PlacedBlock> blocks = _table.Layout.BlocksOf(column);
        string z = _graph.Slice(_samples, blocks[0]);
        string number = _graph.Apply("Squeeze", Decode(((NumberBlock)blocks[0].Block).Transform, z), _graph.Constant(1));
        if (column.Base is not null)
        {
            string sum = _graph.Apply("Add", number, _cells[column.Base]);
            string inRange = _graph.Apply("Clip", sum, _graph.Scalar(column.Least!.Value), _graph.Scalar(column.Greatest!.Value));
            number = _graph.Apply("Where", _graph.Apply("IsNaN", sum), sum, inRange);
        }

        if (blocks.Count > 1)
        {
            number = _graph.Apply("Where", _graph.Cast(Nearest(blocks[1]), Type.Bool), _missing, number);
        }

        if (_givable.FirstOrDefault(given => given.Column == column) is not { } given)
        {
            return number;
        }

        // Numbers that the column never had are not what their coordinates decode to.
        string isNumber = _graph.Apply("Not", _graph.Apply("IsNaN", given.Given));
        return _graph.Apply("Where", _graph.Apply("And", given.Mask, isNumber), given.Given, number);
    }

    /// <summary>Decodes coordinates <c>[n, 1]</c>: on the line between two knots, or at the ends of the column.</summary>
    private string Decode(QuantileTransform transform, string z)
    {
        ReadOnlySpan<double> knots = transform.Z;
        ReadOnlySpan<double> values = transform.Values;
        string value = _graph.Interpolate(z, knots, values, _graph.FirstAbove(z, knots));
        value = _graph.Apply("Where", _graph.Apply("GreaterOrEqual", z, _graph.Scalar(knots[^1])), _graph.Scalar(values[^1]), value);
        value = _graph.Apply("Where", _graph.Apply("Greater", z, _graph.Scalar(knots[0])), value, _graph.Scalar(values[0]));
        if (transform.Decimals is not { } decimals)
        {
            return value;
        }

        string power = _graph.Scalar(Math.Pow(10, decimals));
        return _graph.Apply("Div", _graph.Apply("Round", _graph.Apply("Mul", value, power)), power);
    }

    private string Decode(CategoryColumnSpec column)
    {
        string categories = _categories[column.Name] = column.Source is { } source
            ? _graph.Apply("Gather", _graph.Constant([.. column.Map!.Select(category => (long)category)]), _categories[source])
            : _table.Layout.BlocksOf(column) is [var block] ? Nearest(block)
            : First();
        if (column.Texts is { } texts)
        {
            return _graph.Apply("Gather", _graph.Texts([.. texts, MissingText]), categories);
        }

        string numbers = _graph.Apply("Gather", _graph.Constant([.. column.Numbers!, 0], column.Counts.Count + 1), categories);
        string isMissing = _graph.Apply("Equal", categories, _graph.Constant(column.Counts.Count));
        return column.MissingCount == 0 ? numbers : _graph.Apply("Where", isMissing, _missing, numbers);
    }

    /// <summary>Finds the nearest category: the largest x·E_k − ½|E_k|².</summary>
    private string Nearest(PlacedBlock placed)
    {
        CategoryCode code = ((CategoryBlock)placed.Block).Code;
        double[] codes = new double[code.Width * code.Count];
        for (int k = 0; k < code.Count; k++)
        {
            ReadOnlySpan<double> coordinates = code.Encode(k);
            for (int bit = 0; bit < code.Width; bit++)
            {
                codes[(bit * code.Count) + k] = coordinates[bit];
            }
        }

        string products = _graph.Apply("MatMul", _graph.Slice(_samples, placed), _graph.Constant(codes, code.Width, code.Count));
        return _graph.IndexOfLargest(_graph.Apply("Sub", products, _graph.Constant([.. code.HalfSquares], 1, code.Count)));
    }

    /// <summary>The first category for each sample: the only one of its column.</summary>
    private string First()
        => _graph.Apply(
            "Expand", _graph.Constant(0), _graph.Apply("Slice", _graph.Apply("Shape", _samples), _graph.Constant(0), _graph.Constant(1)));
}
