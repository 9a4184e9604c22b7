using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.TorchExport;
using Diffusion.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Diffusion.Trainer.Tests.Networks;

/// <summary>A network with all that images need: convolutions, groups, ways down and up, labels, given pixels.</summary>
internal sealed class SmallUNet : Network
{
    public const int Classes = 3;

    private const int Width = 8;

    private readonly Embedding _labels = Embedding(Classes + 1, Width);
    private readonly Linear _time = Linear(2, Width);
    private readonly Conv2d _in = Conv2d(3, Width, 3, padding: 1);
    private readonly GroupNorm _norm = GroupNorm(4, Width);
    private readonly AvgPool2d _down = AvgPool2d(2);
    private readonly Conv2d _middle = Conv2d(Width, Width, 3, padding: 1);
    private readonly Upsample _up = Upsample(scale_factor: [2, 2]);
    private readonly Conv2d _out = Conv2d(2 * Width, 1, 3, padding: 1);

    public SmallUNet(NoiseSchedule schedule)
        : base("unet", new DenoiserSignature(SampleShape.Image(1, 8, 6)) { Conditions = new(Classes, TakesGiven: true) }, schedule)
    {
        init.ones_(_norm.weight!);
        init.zeros_(_norm.bias!);
        RegisterComponents();
    }

    public override T Level<T>(INet<T> net, T timestep)
    {
        T logSigma = LogSigma(net, timestep.Unsqueeze(1));
        return net.Concat(1, logSigma.Sin(), logSigma.Cos());
    }

    public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
    {
        T given = net.Concat(1, sample, conditions[NetworkInputs.Given], conditions[NetworkInputs.GivenMask]);
        T embedding = (net.Apply(_time, level) + net.Apply(_labels, conditions[NetworkInputs.ClassLabels])).Silu();
        T hidden = net.Apply(_norm, net.Apply(_in, given)) * (embedding.Unsqueeze(-1).Unsqueeze(-1) + 1);
        T middle = net.Apply(_up, net.Apply(_middle, net.Apply(_down, hidden.Silu())));
        return net.Apply(_out, net.Concat(1, hidden, middle));
    }
}
