using Diffusion.Denoising;
using Diffusion.Onnx.Networks;
using Diffusion.Samples;
using Diffusion.Time;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Diffusion.Training.Networks;

/// <summary>
/// The multilayer perceptron of <see cref="EpsilonMlpOptions"/> in Torch: ε̂ from x_t <c>[n, d]</c> and the index i
/// <c>[m]</c>, m = 1 or n. <see cref="EpsilonMlpGraph"/> writes the same function as an ONNX graph.
/// </summary>
/// <remarks>
/// Every number that Torch takes as a <see cref="Scalar"/> is held in a field: a temporary one may be finalized while native
/// code still reads it. That is why sums are written with <c>add</c>; <c>+</c> makes a temporary Scalar, for the factor 1.
/// </remarks>
public sealed class EpsilonMlp : Network
{
    private static readonly Scalar Zero = 0;
    private static readonly Scalar One = 1;
    private static readonly TensorConditions NoConditions = new();

    private readonly Scalar _lastIndex;
    private readonly Scalar _trainTimesteps;
    private readonly EpsilonMlpOptions _options;
    private readonly Linear _input;
    private readonly Linear _time;
    private readonly ModuleList<Linear> _hidden;
    private readonly Linear _output;
    private readonly Tensor _logSigmas;
    private readonly Tensor _inputFrequencies;
    private readonly Tensor _timeFrequencies;

    /// <summary>Creates the network with weights that are a function of the seed.</summary>
    /// <exception cref="DiffusionException">A size is out of range.</exception>
    public EpsilonMlp(EpsilonMlpOptions options, NoiseSchedule schedule, ulong seed)
        : base(nameof(EpsilonMlp))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(schedule);
        options.Validate();
        _options = options;
        Signature = new DenoiserSignature(SampleShape.Vector(options.Dimension));
        _lastIndex = schedule.TrainTimesteps - 1L;
        _trainTimesteps = (long)schedule.TrainTimesteps;
        _input = Linear(options.InputFeatures, options.Width, hasBias: false);
        _time = Linear(options.TimeFeatures, options.Width);
        _hidden = new ModuleList<Linear>([.. Enumerable.Range(1, options.Depth - 1).Select(_ => Linear(options.Width, options.Width))]);
        _output = Linear(options.Width, options.Dimension);
        _logSigmas = tensor(schedule.LogSigmas.ToArray(), float32);
        _inputFrequencies = tensor([.. Enumerable.Range(0, options.InputFrequencies).Select(k => (float)(1 << k))], [1, options.InputFrequencies, 1]);
        _timeFrequencies = tensor([.. Enumerable.Range(0, options.TimeFrequencies).Select(k => (1 << k) * MathF.PI)], [1, options.TimeFrequencies]);
        RegisterComponents();
        InitialWeights.Draw(this, seed);
    }

    /// <inheritdoc/>
    public override DenoiserSignature Signature { get; }

    /// <summary>Predicts at the indices i, <c>[m]</c>.</summary>
    public Tensor forward(Tensor x, Tensor timestep) => Predict(x, Level(timestep), NoConditions);

    /// <summary>A copy of the weights as they are now.</summary>
    public EpsilonMlpWeights Weights() => new(Copy(_input), Copy(_time), [.. _hidden.Select(Copy)], Copy(_output));

    /// <summary>log σ(i), linear between the indices.</summary>
    private Tensor LogSigma(Tensor timestep)
    {
        Tensor index = timestep.clamp(Zero, _lastIndex);
        Tensor below = index.floor();
        Tensor belowIndex = below.to(int64);
        Tensor aboveIndex = belowIndex.add(One, One).clamp_max(_lastIndex);
        Tensor start = _logSigmas[belowIndex];
        return Sum(start, (index - below) * (_logSigmas[aboveIndex] - start));
    }

    private Tensor InputFeatures(Tensor x)
        => _options.InputFrequencies == 0 ? x : WithWaves(x, (x.unsqueeze(1) * _inputFrequencies).flatten(1));

    /// <inheritdoc/>
    /// <remarks>The features of time, and the factors √(1−ᾱ) and √ᾱ of the skip output, <c>[m, f + 2]</c>.</remarks>
    public override Tensor Level(Tensor timestep) => LevelOf(timestep.unsqueeze(1));

    private Tensor LevelOf(Tensor timestep)
    {
        if (_options is { TimeInput: TimeInput.Index, SkipOutput: false })
        {
            return TimeFeatures(ShareOfTime(timestep));
        }

        Tensor logSigma = LogSigma(timestep);
        Tensor u = _options.TimeInput == TimeInput.NoiseLevel
            ? (logSigma - _logSigmas[0]) / (_logSigmas[-1] - _logSigmas[0])
            : ShareOfTime(timestep);
        Tensor sigma = logSigma.exp();
        Tensor signal = (sigma * sigma).add(One, One).rsqrt();
        return cat([TimeFeatures(u), sigma * signal, signal], 1);
    }

    /// <inheritdoc/>
    public override Tensor Predict(Tensor sample, Tensor level, TensorConditions conditions)
    {
        Tensor hidden = Activate(Sum(_input.forward(InputFeatures(sample)), _time.forward(level.narrow(1, 0, _options.TimeFeatures))));
        foreach (Linear layer in _hidden)
        {
            hidden = Activate(layer.forward(hidden));
        }

        Tensor f = _output.forward(hidden);
        return _options.SkipOutput
            ? Sum(level.narrow(1, _options.TimeFeatures, 1) * sample, level.narrow(1, _options.TimeFeatures + 1, 1) * f)
            : f;
    }

    private Tensor TimeFeatures(Tensor u) => _options.TimeFrequencies == 0 ? u : WithWaves(u, u * _timeFrequencies);

    /// <summary>t/T, where the time t of the papers is i + 1.</summary>
    private Tensor ShareOfTime(Tensor timestep) => timestep.add(One, One).div(_trainTimesteps);

    private static Tensor Sum(Tensor left, Tensor right) => left.add(right, One);

    private static Tensor WithWaves(Tensor values, Tensor angles) => cat([values, angles.sin(), angles.cos()], 1);

    private Tensor Activate(Tensor value) => _options.Activation switch
    {
        Activation.Silu => functional.silu(value),
        Activation.Relu => functional.relu(value),
        Activation.Tanh => functional.tanh(value),
        _ => throw new ArgumentOutOfRangeException(nameof(value), _options.Activation, "There is no such activation."),
    };

    private static Dense Copy(Linear layer) => new(layer.weight!.data<float>().ToArray(), layer.bias?.data<float>().ToArray() ?? []);
}
