using static TorchSharp.torch;

namespace Diffusion.TorchExport;

/// <summary>
/// A TorchSharp module whose forward is written once, over values that are either tensors or values of an ONNX graph: Torch trains it
/// and <see cref="OnnxExport"/> writes it.
/// </summary>
/// <param name="name">The name of the module.</param>
public abstract class PortableModule(string name) : nn.Module(name)
{
    /// <summary>Computes the output of the module.</summary>
    /// <typeparam name="T">The kind of value: a tensor or a value of an ONNX graph.</typeparam>
    /// <param name="net">Applies layers and holds constants.</param>
    /// <param name="inputs">The inputs by their names.</param>
    public abstract T Forward<T>(INet<T> net, Inputs<T> inputs)
        where T : IValue<T>;

    /// <summary>Computes the output of the module for tensors.</summary>
    /// <param name="inputs">The inputs by their names.</param>
    public Tensor Forward(IReadOnlyDictionary<string, Tensor> inputs) => Forward(TensorNet.Instance, TensorNet.Inputs(inputs)).Tensor;
}
