using Diffusion.TorchExport;
using static TorchSharp.torch;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>A module of one layer, of the input x.</summary>
internal sealed class LayerModule : PortableModule
{
    private readonly nn.Module<Tensor, Tensor> _layer;

    public LayerModule(nn.Module<Tensor, Tensor> layer)
        : base("layer")
    {
        _layer = layer;
        RegisterComponents();
    }

    public override T Forward<T>(INet<T> net, Inputs<T> inputs) => net.Apply(_layer, inputs["x"]);
}
