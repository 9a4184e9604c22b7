using Diffusion.TorchExport;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>Its layer without a handler is the second of a block.</summary>
internal sealed class WithoutHandler : PortableModule
{
    private readonly Sequential _block = Sequential(Linear(4, 4), ELU());

    public WithoutHandler()
        : base("module") => RegisterComponents();

    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => net.Apply(_block, inputs["x"]);
}

/// <summary>The graph has the number of rows that some example had.</summary>
internal sealed class WithSizeBurntIn(int rows) : PortableModule("module")
{
    public override T Forward<T>(INet<T> net, Inputs<T> inputs)
    {
        T x = inputs["x"];
        return x.Reshape(x is TensorValue value ? value.Tensor.shape[0] : rows, -1);
    }
}

/// <summary>The graph computes something else than the tensors, by a factor.</summary>
internal sealed class WithTwoAnswers(double factor) : PortableModule("module")
{
    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => typeof(T) == typeof(GraphValue) ? inputs["x"] * factor : inputs["x"];
}

/// <summary>The graph has one axis more than the tensors.</summary>
internal sealed class WithTwoShapes() : PortableModule("module")
{
    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => typeof(T) == typeof(GraphValue) ? inputs["x"].Unsqueeze(0) : inputs["x"];
}

/// <summary>Torch cannot compute it: the shapes do not fit.</summary>
internal sealed class WithShapesThatDoNotFit() : PortableModule("module")
{
    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => inputs["x"].MatMul(inputs["x"]);
}

/// <summary>ONNX has no sum of int64 and a float32 number.</summary>
internal sealed class WithTypesThatDoNotFit() : PortableModule("module")
{
    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => inputs["x"].ToInt64() + 0.5;
}

/// <summary>It uses an input that it is not given.</summary>
internal sealed class WithAnotherInput() : PortableModule("module")
{
    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => inputs["z"];
}
