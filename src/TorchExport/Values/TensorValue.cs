using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>A tensor as a value of a module.</summary>
/// <param name="Tensor">The tensor.</param>
/// <remarks>
/// Every number that Torch takes as a <see cref="Scalar"/> is held: a temporary one may be finalized while native code still reads
/// it. That is why sums are written with <c>add</c>; <c>+</c> makes a temporary Scalar, for the factor 1.
/// </remarks>
public readonly record struct TensorValue(Tensor Tensor) : IValue<TensorValue>
{
    /// <inheritdoc/>
    public static TensorValue operator +(TensorValue left, TensorValue right) => new(left.Tensor.add(right.Tensor, HeldScalar.One));

    /// <inheritdoc/>
    public static TensorValue operator -(TensorValue left, TensorValue right) => new(left.Tensor - right.Tensor);

    /// <inheritdoc/>
    public static TensorValue operator *(TensorValue left, TensorValue right) => new(left.Tensor * right.Tensor);

    /// <inheritdoc/>
    public static TensorValue operator /(TensorValue left, TensorValue right) => new(left.Tensor / right.Tensor);

    /// <inheritdoc/>
    public static TensorValue operator +(TensorValue left, double right) => new(left.Tensor.add(HeldScalar.Of(right), HeldScalar.One));

    /// <inheritdoc/>
    public static TensorValue operator -(TensorValue left, double right) => new(left.Tensor.sub(HeldScalar.Of(right)));

    /// <inheritdoc/>
    public static TensorValue operator *(TensorValue left, double right) => new(left.Tensor.mul(HeldScalar.Of(right)));

    /// <inheritdoc/>
    public static TensorValue operator /(TensorValue left, double right) => new(left.Tensor.div(HeldScalar.Of(right)));

    /// <inheritdoc/>
    public static TensorValue operator -(TensorValue value) => new(value.Tensor.neg());

    /// <inheritdoc/>
    public TensorValue Sin() => new(Tensor.sin());

    /// <inheritdoc/>
    public TensorValue Cos() => new(Tensor.cos());

    /// <inheritdoc/>
    public TensorValue Exp() => new(Tensor.exp());

    /// <inheritdoc/>
    public TensorValue Log() => new(Tensor.log());

    /// <inheritdoc/>
    public TensorValue Sqrt() => new(Tensor.sqrt());

    /// <inheritdoc/>
    public TensorValue Rsqrt() => new(Tensor.rsqrt());

    /// <inheritdoc/>
    public TensorValue Reciprocal() => new(Tensor.reciprocal());

    /// <inheritdoc/>
    public TensorValue Abs() => new(Tensor.abs());

    /// <inheritdoc/>
    public TensorValue Sigmoid() => new(Tensor.sigmoid());

    /// <inheritdoc/>
    public TensorValue Silu() => new(nn.functional.silu(Tensor));

    /// <inheritdoc/>
    public TensorValue Relu() => new(nn.functional.relu(Tensor));

    /// <inheritdoc/>
    public TensorValue Tanh() => new(Tensor.tanh());

    /// <inheritdoc/>
    public TensorValue Floor() => new(Tensor.floor());

    /// <inheritdoc/>
    public TensorValue Clamp(double lowest, double highest) => new(Tensor.clamp(HeldScalar.Of(lowest), HeldScalar.Of(highest)));

    /// <inheritdoc/>
    public TensorValue ToInt64() => new(Tensor.to(int64));

    /// <inheritdoc/>
    public TensorValue Softmax(int axis) => new(Tensor.softmax(axis));

    /// <inheritdoc/>
    public TensorValue Sum(IReadOnlyList<long> axes, bool keepAxes = false) => new(Tensor.sum([.. axes], keepAxes));

    /// <inheritdoc/>
    public TensorValue Mean(IReadOnlyList<long> axes, bool keepAxes = false) => new(Tensor.mean([.. axes], keepAxes));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public TensorValue MatMul(TensorValue right)
    {
        MatrixShapes.Require(Tensor.shape, right.Tensor.shape);
        return new TensorValue(Tensor.matmul(right.Tensor));
    }

    /// <inheritdoc/>
    public TensorValue Gather(TensorValue indices) => new(Tensor[indices.Tensor]);

    /// <inheritdoc/>
    public TensorValue Unsqueeze(int axis) => new(Tensor.unsqueeze(axis));

    /// <inheritdoc/>
    public TensorValue Squeeze(int axis) => new(Tensor.squeeze(axis));

    /// <inheritdoc/>
    public TensorValue Narrow(int axis, long start, long length) => new(Tensor.narrow(axis, start, length));

    /// <inheritdoc/>
    public TensorValue Reshape(params IReadOnlyList<long> lengths) => new(Tensor.reshape([.. lengths]));

    /// <inheritdoc/>
    public TensorValue Flatten() => new(Tensor.flatten(1));

    /// <inheritdoc/>
    public TensorValue Permute(params IReadOnlyList<long> axes) => new(Tensor.permute([.. axes]));
}
