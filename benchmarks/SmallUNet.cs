using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.TorchExport;
using Diffusion.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Diffusion.Benchmarks;

/// <summary>
/// A convolutional network of the size that small images need: 16, 32 and 64 channels at 28, 14 and 7 pixels, with class labels. It is
/// not trained; what it costs does not depend on its weights.
/// </summary>
internal sealed class SmallUNet : Network
{
    private const int Classes = 10;
    private const int Embedding = 128;
    private const int Side = 28;

    private readonly Linear _time = Linear(1, Embedding);
    private readonly Embedding _class = Embedding(Classes + 1, Embedding);
    private readonly Conv2d _first = Conv2d(1, 16, 3, padding: 1);
    private readonly ResidualBlock _down1 = new(16, 16);
    private readonly ResidualBlock _down2 = new(16, 32);
    private readonly ResidualBlock _down3 = new(32, 64);
    private readonly ResidualBlock _middle = new(64, 64);
    private readonly ResidualBlock _up3 = new(128, 64);
    private readonly ResidualBlock _up2 = new(96, 32);
    private readonly ResidualBlock _up1 = new(48, 16);
    private readonly AvgPool2d _half = AvgPool2d(2);
    private readonly Upsample _double = Upsample(scale_factor: [2, 2], mode: torch.UpsampleMode.Nearest);
    private readonly Conv2d _last = Conv2d(16, 1, 3, padding: 1);

    public SmallUNet(NoiseSchedule schedule)
        : base(nameof(SmallUNet), Takes, schedule)
        => RegisterComponents();

    private static DenoiserSignature Takes => new(SampleShape.Image(1, Side, Side))
    {
        Conditions = new ConditionSignature(Classes),
    };

    public override T Level<T>(INet<T> net, T timestep) => timestep.Unsqueeze(1) / Schedule.TrainTimesteps;

    public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
    {
        T e = (net.Apply(_time, level) + net.Apply(_class, conditions[NetworkInputs.ClassLabels])).Silu();
        T full = _down1.Apply(net, net.Apply(_first, sample), e);
        T half = _down2.Apply(net, net.Apply(_half, full), e);
        T quarter = _down3.Apply(net, net.Apply(_half, half), e);
        T up = _up3.Apply(net, net.Concat(1, _middle.Apply(net, quarter, e), quarter), e);
        up = _up2.Apply(net, net.Concat(1, net.Apply(_double, up), half), e);
        return net.Apply(_last, _up1.Apply(net, net.Concat(1, net.Apply(_double, up), full), e));
    }

    /// <summary>skip(x) + conv(SiLU(norm(h)·(1 + a) + b)), where h = conv(SiLU(norm(x))) and (a, b) come from the embedding.</summary>
    private sealed class ResidualBlock : Module
    {
        private const int Groups = 8;

        private readonly int _channels;
        private readonly GroupNorm _norm1;
        private readonly Conv2d _conv1;
        private readonly Linear _scaleAndShift;
        private readonly GroupNorm _norm2;
        private readonly Conv2d _conv2;
        private readonly Conv2d? _skip;

        public ResidualBlock(int from, int to)
            : base(nameof(ResidualBlock))
        {
            _channels = to;
            _norm1 = Norm(from);
            _conv1 = Conv2d(from, to, 3, padding: 1);
            _scaleAndShift = Linear(Embedding, 2 * to);
            _norm2 = Norm(to);
            _conv2 = Conv2d(to, to, 3, padding: 1);
            _skip = from == to ? null : Conv2d(from, to, 1);
            RegisterComponents();
        }

        public T Apply<T>(INet<T> net, T x, T embedding)
            where T : IValue<T>
        {
            T factors = net.Apply(_scaleAndShift, embedding).Reshape(-1, 2 * _channels, 1, 1);
            T h = net.Apply(_norm2, net.Apply(_conv1, net.Apply(_norm1, x).Silu()));
            h = (h * (factors.Narrow(1, 0, _channels) + 1)) + factors.Narrow(1, _channels, _channels);
            return (_skip is null ? x : net.Apply(_skip, x)) + net.Apply(_conv2, h.Silu());
        }

        /// <summary>A normalization with weights: TorchSharp leaves them as uninitialised memory.</summary>
        private static GroupNorm Norm(int channels)
        {
            GroupNorm norm = GroupNorm(Groups, channels);
            init.ones_(norm.weight);
            init.zeros_(norm.bias);
            return norm;
        }
    }
}
