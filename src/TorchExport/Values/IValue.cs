using System.Diagnostics.CodeAnalysis;

namespace Diffusion.TorchExport;

/// <summary>
/// A value that a module computes with: a tensor, or a value of an ONNX graph. Values are float32 unless stated otherwise; shapes
/// broadcast as in Torch, and axes count from the end if negative.
/// </summary>
/// <typeparam name="T">The kind of value.</typeparam>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "Operators.")]
public interface IValue<T>
    where T : IValue<T>
{
    /// <summary>Adds two values.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>Subtracts a value from another.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>Multiplies two values.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>Divides a value by another.</summary>
    static abstract T operator /(T left, T right);

    /// <summary>Adds a number to each element.</summary>
    static abstract T operator +(T left, double right);

    /// <summary>Subtracts a number from each element.</summary>
    static abstract T operator -(T left, double right);

    /// <summary>Multiplies each element by a number.</summary>
    static abstract T operator *(T left, double right);

    /// <summary>Divides each element by a number.</summary>
    static abstract T operator /(T left, double right);

    /// <summary>Negates each element.</summary>
    static abstract T operator -(T value);

    /// <summary>Returns the sine of each element, in radians.</summary>
    T Sin();

    /// <summary>Returns the cosine of each element, in radians.</summary>
    T Cos();

    /// <summary>Returns e to the power of each element.</summary>
    T Exp();

    /// <summary>Returns the natural logarithm of each element.</summary>
    T Log();

    /// <summary>Returns the square root of each element.</summary>
    T Sqrt();

    /// <summary>Returns 1/√x for each element x.</summary>
    T Rsqrt();

    /// <summary>Returns 1/x for each element x.</summary>
    T Reciprocal();

    /// <summary>Returns the absolute value of each element.</summary>
    T Abs();

    /// <summary>Returns 1/(1 + e⁻ˣ) for each element x.</summary>
    T Sigmoid();

    /// <summary>Returns x·sigmoid(x) for each element x.</summary>
    T Silu();

    /// <summary>Returns max(x, 0) for each element x.</summary>
    T Relu();

    /// <summary>Returns the hyperbolic tangent of each element.</summary>
    T Tanh();

    /// <summary>Rounds each element down to a whole number.</summary>
    T Floor();

    /// <summary>Limits each element to a range.</summary>
    /// <param name="lowest">The smallest value that stays.</param>
    /// <param name="highest">The largest value that stays.</param>
    T Clamp(double lowest, double highest);

    /// <summary>Converts each element to int64, towards zero: the indices of <see cref="Gather"/>.</summary>
    T ToInt64();

    /// <summary>Returns the softmax along an axis.</summary>
    /// <param name="axis">The axis.</param>
    T Softmax(int axis);

    /// <summary>Returns the sums over some axes.</summary>
    /// <param name="axes">The axes; at least one.</param>
    /// <param name="keepAxes">Whether these axes stay, with the length 1.</param>
    T Sum(IReadOnlyList<long> axes, bool keepAxes = false);

    /// <summary>Returns the means over some axes.</summary>
    /// <param name="axes">The axes; at least one.</param>
    /// <param name="keepAxes">Whether these axes stay, with the length 1.</param>
    T Mean(IReadOnlyList<long> axes, bool keepAxes = false);

    /// <summary>Multiplies matrices: <c>[…, n, k]</c> by <c>[…, k, m]</c> is <c>[…, n, m]</c>.</summary>
    /// <param name="right">The right factor; both have at least two axes.</param>
    T MatMul(T right);

    /// <summary>Picks rows: a table <c>[rows, …]</c> and indices <c>[i, j]</c> give <c>[i, j, …]</c>.</summary>
    /// <param name="indices">The indices, int64, from 0.</param>
    T Gather(T indices);

    /// <summary>Inserts an axis of length 1.</summary>
    /// <param name="axis">Where the axis is afterwards.</param>
    T Unsqueeze(int axis);

    /// <summary>Removes an axis of length 1.</summary>
    /// <param name="axis">The axis.</param>
    T Squeeze(int axis);

    /// <summary>Returns a part of an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="start">The first index of the part, at least 0.</param>
    /// <param name="length">The length of the part.</param>
    T Narrow(int axis, long start, long length);

    /// <summary>Gives the elements another shape, in the same order.</summary>
    /// <param name="lengths">The lengths of the axes; one may be −1, which stands for what remains.</param>
    T Reshape(params IReadOnlyList<long> lengths);

    /// <summary>Joins all axes but the first: <c>[n, a, b]</c> becomes <c>[n, a·b]</c>.</summary>
    T Flatten();

    /// <summary>Reorders the axes.</summary>
    /// <param name="axes">Which axis comes first, which second, and so on.</param>
    T Permute(params IReadOnlyList<long> axes);
}
