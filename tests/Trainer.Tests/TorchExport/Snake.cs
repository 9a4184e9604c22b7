using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>A layer of one's own: x + sin² x (Ziyin et al. 2020).</summary>
internal sealed class Snake() : nn.Module<Tensor, Tensor>("snake")
{
    private static readonly Scalar One = 1;

    public override Tensor forward(Tensor x) => x.add(x.sin() * x.sin(), One);
}
