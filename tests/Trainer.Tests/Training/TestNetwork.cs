using Diffusion.Denoising;
using Diffusion.Files.Models;
using Diffusion.Time;
using Diffusion.Trainer.Tests.Networks;
using Diffusion.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Diffusion.Training.Tests.Training;

/// <summary>
/// A caller's own network, with all that one may have: any prediction and any conditions, weights from Torch's own random numbers, and on
/// request a level that is learned, buffers of several types that change in training, and dropout.
/// </summary>
internal sealed class TestNetwork : Network
{
    private const int Width = 32;
    private const int LevelWidth = 4;

    private static readonly Scalar One = 1;

    private readonly Tensor _scales;
    private readonly Linear? _level;
    private readonly Linear _input;
    private readonly Embedding? _labels;
    private readonly BatchNorm1d? _norm;
    private readonly Dropout? _dropout;
    private readonly Linear _hidden = Linear(Width, Width);
    private readonly Linear _output;

    public TestNetwork(DenoiserSignature signature, NoiseSchedule schedule, bool isRich = false)
        : base(nameof(TestNetwork))
    {
        Signature = signature;
        NoiseLevel[] levels = [.. Enumerable.Range(0, schedule.TrainTimesteps).Select(i => schedule.At(i))];
        float[] scales = [.. levels.SelectMany(level => new[] { (float)level.Signal, (float)level.Noise })];
        _scales = tensor(scales, [schedule.TrainTimesteps, 2]);
        _level = isRich ? Linear(2, LevelWidth) : null;
        _norm = isRich ? BatchNorm1d(Width) : null;
        _dropout = isRich ? Dropout(0.2) : null;
        _labels = signature.Conditions.TakesLabels ? Embedding(signature.Conditions.ClassCount + 1, Width) : null;
        int given = signature.Conditions.TakesGiven ? 2 * signature.Shape.Size : 0;
        _input = Linear(signature.Shape.Size + given + (isRich ? LevelWidth : 2), Width);
        _output = Linear(Width, signature.Shape.Size);
        RegisterComponents();
        register_buffer("mask", tensor([0, float.NegativeInfinity]));
    }

    public override DenoiserSignature Signature { get; }

    /// <summary>How often <see cref="Level"/> was asked.</summary>
    public int LevelCalls { get; private set; }

    public override Tensor Level(Tensor timestep)
    {
        LevelCalls++;
        Tensor scales = _scales.index_select(0, timestep.to(int64));
        return _level is null ? scales : _level.forward(scales);
    }

    public override Tensor Predict(Tensor sample, Tensor level, TensorConditions conditions)
    {
        Tensor[] given = Signature.Conditions.TakesGiven ? [conditions.Given!.flatten(1), conditions.Mask!.flatten(1)] : [];
        Tensor hidden = _input.forward(cat([sample.flatten(1), level, .. given], 1));
        hidden = _labels is null ? hidden : hidden.add(_labels.forward(conditions.Labels!), One);
        hidden = _norm is null ? hidden : _norm.forward(hidden);
        hidden = functional.silu(_hidden.forward(functional.silu(hidden)));
        hidden = _dropout is null ? hidden : _dropout.forward(hidden);
        return _output.forward(hidden).view_as(sample);
    }
}

internal static class NetworkValues
{
    /// <summary>The weights of a run that trained an <see cref="EpsilonMlp"/>.</summary>
    public static EpsilonMlpWeights Weights(this TrainingResult result) => ((EpsilonMlp)result.Network).Weights();

    /// <summary>All parameters and buffers, byte by byte.</summary>
    public static byte[] Bytes(this Network network)
        => [.. network.parameters().Cast<Tensor>().Concat(network.buffers()).SelectMany(values => values.bytes.ToArray())];
}
