using Diffusion.Codecs;
using Type = Diffusion.Onnx.Protobuf.TensorProto.Types.DataType;

namespace Diffusion.Onnx.Compiling;

/// <summary>Builds the parts of a graph that encode and decode tables; constants are numbered.</summary>
/// <param name="graph">The graph.</param>
/// <param name="prefix">What the names of its constants begin with.</param>
internal sealed class TableGraph(GraphBuilder graph, string prefix)
{
    private int _constants;

    public string Apply(string operation, params IEnumerable<string> inputs) => graph.Apply(operation, inputs);

    public string Cast(string value, Type type) => graph.Cast(value, type);

    public string Constant(ReadOnlySpan<double> values, params IReadOnlyList<long> shape) => graph.Constant(NewName(), values, shape);

    public string Constant(ReadOnlySpan<float> values, params IReadOnlyList<long> shape) => graph.Constant(NewName(), values, shape);

    public string Constant(params long[] values) => graph.Constant(NewName(), values, values.Length);

    public string Constant(bool[] values) => graph.Constant(NewName(), values, values.Length);

    public string Texts(IReadOnlyList<string> values) => graph.Constant(NewName(), values);

    public string Scalar(double value) => graph.Constant(NewName(), [value], []);

    /// <summary>Takes the coordinates of a block, <c>[n, w]</c>, out of those of samples.</summary>
    public string Slice(string samples, PlacedBlock placed)
        => Apply("Slice", samples, Constant(placed.Start), Constant(placed.Start + placed.Block.Width), Constant(1));

    /// <summary>Finds the largest number of each row, the first of equal ones: int64 <c>[n]</c>.</summary>
    public string IndexOfLargest(string scores) => graph.Apply("ArgMax", [("axis", 1), ("keepdims", 0)], scores);

    /// <summary>Counts the numbers that are at most x: the index of the first above it.</summary>
    /// <param name="x">float64 <c>[n, 1]</c>.</param>
    /// <param name="ascending">The numbers.</param>
    /// <returns>int64 <c>[n, 1]</c>.</returns>
    public string FirstAbove(string x, ReadOnlySpan<double> ascending)
    {
        string isBelow = Apply("GreaterOrEqual", x, Constant(ascending, 1, ascending.Length));
        return Cast(Apply("ReduceSum", Cast(isBelow, Type.Float), Constant(1)), Type.Int64);
    }

    /// <summary>Computes the line through the knots before and at a position, as the codec does.</summary>
    /// <param name="x">float64 <c>[n, 1]</c>.</param>
    /// <param name="from">The knots.</param>
    /// <param name="to">The values at the knots.</param>
    /// <param name="next">The knot above x, int64 <c>[n, 1]</c>, at least 1.</param>
    /// <returns>float64 <c>[n, 1]</c>; any number where x lies outside.</returns>
    public string Interpolate(string x, ReadOnlySpan<double> from, ReadOnlySpan<double> to, string next)
    {
        string inside = Apply("Clip", next, IntegerScalar(1), IntegerScalar(from.Length - 1));
        string before = Apply("Sub", inside, IntegerScalar(1));
        (string knots, string values) = (Constant(from, from.Length), Constant(to, to.Length));
        (string left, string right) = (Apply("Gather", knots, before), Apply("Gather", knots, inside));
        (string low, string high) = (Apply("Gather", values, before), Apply("Gather", values, inside));
        string share = Apply("Div", Apply("Sub", x, left), Apply("Sub", right, left));
        return Apply("Add", low, Apply("Mul", share, Apply("Sub", high, low)));
    }

    private string IntegerScalar(long value) => graph.Constant(NewName(), [value], []);

    private string NewName() => Invariant($"table/{prefix}{_constants++}");
}
