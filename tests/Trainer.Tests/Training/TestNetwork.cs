using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Time;
using Diffusion.TorchExport;
using Diffusion.Training.Networks;
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

    private readonly Tensor _scales;
    private readonly Linear? _level;
    private readonly Linear _input;
    private readonly Embedding? _labels;
    private readonly BatchNorm1d? _norm;
    private readonly Dropout? _dropout;
    private readonly Linear _hidden = Linear(Width, Width);
    private readonly Linear _output;

    public TestNetwork(DenoiserSignature signature, NoiseSchedule schedule, bool isRich = false)
        : base(nameof(TestNetwork), signature, schedule)
    {
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

    /// <summary>How often the level was asked for.</summary>
    public int LevelCalls { get; private set; }

    public override T Level<T>(INet<T> net, T timestep)
    {
        LevelCalls++;
        T scales = net.Constant(_scales).Gather(timestep.ToInt64());
        return _level is null ? scales : net.Apply(_level, scales);
    }

    public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions)
    {
        T[] given = Signature.Conditions.TakesGiven
            ? [conditions[NetworkInputs.Given].Flatten(), conditions[NetworkInputs.GivenMask].Flatten()]
            : [];
        T hidden = net.Apply(_input, net.Concat(1, [sample.Flatten(), level, .. given]));
        hidden = _labels is null ? hidden : hidden + net.Apply(_labels, conditions[NetworkInputs.ClassLabels]);
        hidden = _norm is null ? hidden : net.Apply(_norm, hidden);
        hidden = net.Apply(_hidden, hidden.Silu()).Silu();
        hidden = _dropout is null ? hidden : net.Apply(_dropout, hidden);
        return net.Apply(_output, hidden).Reshape([-1, .. Signature.Shape.Lengths.Select(length => (long)length)]);
    }
}

internal static class NetworkValues
{
    /// <summary>All parameters and buffers, byte by byte.</summary>
    public static byte[] Bytes(this Network network)
        => [.. network.parameters().Cast<Tensor>().Concat(network.buffers()).SelectMany(values => values.bytes.ToArray())];
}
