using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>What a module needs beside its values: its layers, its weights and tables, and joining.</summary>
/// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
public interface INet<T>
    where T : IValue<T>
{
    /// <summary>Returns a parameter, buffer or other tensor of the module as a value.</summary>
    /// <param name="tensor">The tensor, float32 or int64.</param>
    T Constant(Tensor tensor);

    /// <summary>Applies a layer.</summary>
    /// <param name="layer">The layer, a part of the module.</param>
    /// <param name="input">Its input.</param>
    T Apply(nn.Module<Tensor, Tensor> layer, T input);

    /// <summary>Joins values along an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">The values, whose other axes have the same lengths.</param>
    T Concat(int axis, params IReadOnlyList<T> values);
}
