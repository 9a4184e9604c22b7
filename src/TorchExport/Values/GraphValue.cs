using Diffusion.Onnx;

namespace Diffusion.TorchExport;

/// <summary>A value of an ONNX graph.</summary>
/// <param name="Net">The graph.</param>
/// <param name="Name">The name of the value in it.</param>
/// <param name="Rank">The number of axes.</param>
public readonly record struct GraphValue(GraphNet Net, string Name, int Rank) : IValue<GraphValue>
{
    /// <inheritdoc/>
    public static GraphValue operator +(GraphValue left, GraphValue right) => left.With("Add", right);

    /// <inheritdoc/>
    public static GraphValue operator -(GraphValue left, GraphValue right) => left.With("Sub", right);

    /// <inheritdoc/>
    public static GraphValue operator *(GraphValue left, GraphValue right) => left.With("Mul", right);

    /// <inheritdoc/>
    public static GraphValue operator /(GraphValue left, GraphValue right) => left.With("Div", right);

    /// <inheritdoc/>
    public static GraphValue operator +(GraphValue left, double right) => left + left.Net.Number(right);

    /// <inheritdoc/>
    public static GraphValue operator -(GraphValue left, double right) => left - left.Net.Number(right);

    /// <inheritdoc/>
    public static GraphValue operator *(GraphValue left, double right) => left * left.Net.Number(right);

    /// <inheritdoc/>
    public static GraphValue operator /(GraphValue left, double right) => left / left.Net.Number(right);

    /// <inheritdoc/>
    public static GraphValue operator -(GraphValue value) => value.With("Neg");

    /// <inheritdoc/>
    public GraphValue Sin() => With("Sin");

    /// <inheritdoc/>
    public GraphValue Cos() => With("Cos");

    /// <inheritdoc/>
    public GraphValue Exp() => With("Exp");

    /// <inheritdoc/>
    public GraphValue Log() => With("Log");

    /// <inheritdoc/>
    public GraphValue Sqrt() => With("Sqrt");

    /// <inheritdoc/>
    public GraphValue Rsqrt() => Sqrt().Reciprocal();

    /// <inheritdoc/>
    public GraphValue Reciprocal() => With("Reciprocal");

    /// <inheritdoc/>
    public GraphValue Abs() => With("Abs");

    /// <inheritdoc/>
    public GraphValue Sigmoid() => With("Sigmoid");

    /// <inheritdoc/>
    public GraphValue Silu() => this * Sigmoid();

    /// <inheritdoc/>
    public GraphValue Relu() => With("Relu");

    /// <inheritdoc/>
    public GraphValue Tanh() => With("Tanh");

    /// <inheritdoc/>
    public GraphValue Floor() => With("Floor");

    /// <inheritdoc/>
    public GraphValue Clamp(double lowest, double highest) => With("Clip", Net.Number(lowest), Net.Number(highest));

    /// <inheritdoc/>
    public GraphValue ToInt64() => Net.ToInt64(this);

    /// <inheritdoc/>
    public GraphValue Softmax(int axis) => Net.Apply("Softmax", [("axis", axis)], this);

    /// <inheritdoc/>
    public GraphValue Sum(IReadOnlyList<long> axes, bool keepAxes = false)
        => Net.Apply("ReduceSum", [("keepdims", keepAxes ? 1 : 0)], this, Net.Integers(axes)) with { Rank = RankWithout(axes, keepAxes) };

    /// <inheritdoc/>
    public GraphValue Mean(IReadOnlyList<long> axes, bool keepAxes = false)
        => Net.Apply("ReduceMean", [("axes", AttributeValue.FromInt64s(axes)), ("keepdims", keepAxes ? 1 : 0)], this)
            with { Rank = RankWithout(axes, keepAxes) };

    /// <inheritdoc/>
    public GraphValue MatMul(GraphValue right) => With("MatMul", right);

    /// <inheritdoc/>
    public GraphValue Gather(GraphValue indices) => With("Gather", indices) with { Rank = indices.Rank + Rank - 1 };

    /// <inheritdoc/>
    public GraphValue Unsqueeze(int axis) => With("Unsqueeze", Net.Integers([axis])) with { Rank = Rank + 1 };

    /// <inheritdoc/>
    public GraphValue Squeeze(int axis) => With("Squeeze", Net.Integers([axis])) with { Rank = Rank - 1 };

    /// <inheritdoc/>
    public GraphValue Narrow(int axis, long start, long length)
        => Net.Apply("Slice", this, Net.Integers([start]), Net.Integers([start + length]), Net.Integers([axis]));

    /// <inheritdoc/>
    public GraphValue Reshape(params IReadOnlyList<long> lengths)
        => Net.Apply("Reshape", this, Net.Integers(lengths)) with { Rank = lengths.Count };

    /// <inheritdoc/>
    public GraphValue Flatten() => With("Flatten") with { Rank = 2 };

    /// <inheritdoc/>
    public GraphValue Permute(params IReadOnlyList<long> axes) => Net.Apply("Transpose", [("perm", AttributeValue.FromInt64s(axes))], this);

    /// <summary>Applies an operator to this value and others; the result has as many axes as that of them with the most.</summary>
    private GraphValue With(string operation, params IReadOnlyList<GraphValue> others)
        => Net.Apply(operation, [this, .. others]) with { Rank = others.Append(this).Max(value => value.Rank) };

    private int RankWithout(IReadOnlyList<long> axes, bool keepAxes) => keepAxes ? Rank : Rank - axes.Count;
}
