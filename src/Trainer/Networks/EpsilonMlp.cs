using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.TorchExport;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Diffusion.Training.Networks;

/// <summary>The multilayer perceptron of <see cref="EpsilonMlpOptions"/>: ε̂ from x_t <c>[n, d]</c> and the index i <c>[m]</c>.</summary>
public sealed class EpsilonMlp : Network
{
    private readonly EpsilonMlpOptions _options;
    private readonly Linear _input;
    private readonly Linear _time;
    private readonly ModuleList<Linear> _hidden;
    private readonly Linear _output;
    private readonly Tensor _inputFrequencies;
    private readonly Tensor _timeFrequencies;

    /// <summary>Creates the network with weights that are a function of the seed.</summary>
    /// <param name="options">The shape of the network.</param>
    /// <param name="schedule">The noise schedule that it is trained for.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <exception cref="DiffusionException">A size is out of range.</exception>
    public EpsilonMlp(EpsilonMlpOptions options, NoiseSchedule schedule, ulong seed)
        : base(nameof(EpsilonMlp), SignatureOf(options), schedule)
    {
        _options = options;
        _input = Linear(options.InputFeatures, options.Width, hasBias: false);
        _time = Linear(options.TimeFeatures, options.Width);
        _hidden = new ModuleList<Linear>([.. Enumerable.Range(1, options.Depth - 1).Select(_ => Linear(options.Width, options.Width))]);
        _output = Linear(options.Width, options.Dimension);
        _inputFrequencies = tensor(Waves.Octaves(options.InputFrequencies, 1), [1, options.InputFrequencies, 1]);
        _timeFrequencies = tensor(Waves.Octaves(options.TimeFrequencies, MathF.PI), [1, options.TimeFrequencies]);
        RegisterComponents();
        InitialWeights.Draw(this, seed);
    }

    /// <summary>The features of time and, for the skip output, the factors √(1−ᾱ) and √ᾱ: <c>[m, f]</c> or
    /// <c>[m, f + 2]</c>.</summary>
    /// <inheritdoc/>
    public override T Level<T>(INet<T> net, T timestep)
    {
        T column = timestep.Unsqueeze(1);
        if (_options is { TimeInput: TimeInput.Index, SkipOutput: false })
        {
            return TimeFeatures(net, ShareOfTime(column));
        }

        T logSigma = LogSigma(net, column);
        T u = _options.TimeInput == TimeInput.NoiseLevel ? ShareOfLogSigma(logSigma) : ShareOfTime(column);
        if (!_options.SkipOutput)
        {
            return TimeFeatures(net, u);
        }

        (T noise, T signal) = Factors(logSigma);
        return net.Concat(1, TimeFeatures(net, u), noise, signal);
    }

    /// <inheritdoc/>
    public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
    {
        ArgumentNullException.ThrowIfNull(net);
        T features = _options.InputFrequencies == 0
            ? sample
            : Waves.With(net, sample, (sample.Unsqueeze(1) * net.Constant(_inputFrequencies)).Flatten());
        T hidden = Activate(net.Apply(_input, features) + net.Apply(_time, level.Narrow(1, 0, _options.TimeFeatures)));
        foreach (Linear layer in _hidden)
        {
            hidden = Activate(net.Apply(layer, hidden));
        }

        T f = net.Apply(_output, hidden);
        return _options.SkipOutput
            ? (level.Narrow(1, _options.TimeFeatures, 1) * sample) + (level.Narrow(1, _options.TimeFeatures + 1, 1) * f)
            : f;
    }

    private static DenoiserSignature SignatureOf(EpsilonMlpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new DenoiserSignature(SampleShape.Vector(options.Dimension));
    }

    /// <summary>t/T, where the time t of the papers is i + 1.</summary>
    private T ShareOfTime<T>(T timestep)
        where T : IValue<T> => (timestep + 1) / Schedule.TrainTimesteps;

    private T TimeFeatures<T>(INet<T> net, T u)
        where T : IValue<T> => _options.TimeFrequencies == 0 ? u : Waves.With(net, u, u * net.Constant(_timeFrequencies));

    private T Activate<T>(T value)
        where T : IValue<T> => _options.Activation switch
        {
            Activation.Silu => value.Silu(),
            Activation.Relu => value.Relu(),
            Activation.Tanh => value.Tanh(),
            _ => throw new ArgumentOutOfRangeException(nameof(value), _options.Activation, "There is no such activation."),
        };
}
