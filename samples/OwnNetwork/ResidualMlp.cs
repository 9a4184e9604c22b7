using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.TorchExport;
using Diffusion.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

/// <summary>
/// A residual network: h ← h + Linear(SiLU(h)), four times. It is written once; Torch trains it, and ONNX is written from it.
/// </summary>
internal sealed class ResidualMlp : Network
{
    private const int Width = 64;

    private readonly Linear _input = Linear(2, Width);
    private readonly Linear _level = Linear(1, Width);
    private readonly ModuleList<Linear> _blocks = new(
        Linear(Width, Width), Linear(Width, Width), Linear(Width, Width), Linear(Width, Width));
    private readonly Linear _output = Linear(Width, 2);

    public ResidualMlp(NoiseSchedule schedule)
        : base(nameof(ResidualMlp), new DenoiserSignature(SampleShape.Vector(2)), schedule) => RegisterComponents();

    /// <summary>log σ, [m, 1].</summary>
    public override T Level<T>(INet<T> net, T timestep) => LogSigma(net, timestep.Unsqueeze(1));

    /// <summary>ε̂, [n, 2].</summary>
    public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
    {
        T hidden = net.Apply(_input, sample) + net.Apply(_level, level);
        foreach (Linear block in _blocks)
        {
            hidden += net.Apply(block, hidden.Silu());
        }

        return net.Apply(_output, hidden.Silu());
    }
}
