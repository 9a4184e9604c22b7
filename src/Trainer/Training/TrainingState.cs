using System.Runtime.InteropServices;
using Diffusion.Time;
using Diffusion.Training.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>
/// All that a training run carries from one iteration to the next. The random numbers of an iteration are a function of the
/// seed and of its number, so that nothing of them need be kept.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    private readonly List<TrainingStep> _steps = [];
    private readonly EpsilonMlp _best;

    public TrainingState(EpsilonMlpOptions network, NoiseSchedule schedule, TrainingOptions options)
    {
        Trained = new EpsilonMlp(network, schedule, options.Seed);
        Averaged = new EpsilonMlp(network, schedule, options.Seed);
        _best = new EpsilonMlp(network, schedule, options.Seed);
        Adam = new Adam(Trained.parameters());
        Average = new MovingAverage(Trained, Averaged, options.Ema);
    }

    /// <summary>The network whose weights are learned.</summary>
    public EpsilonMlp Trained { get; }

    /// <summary>The network with the moving average of the weights.</summary>
    public EpsilonMlp Averaged { get; }

    public Adam Adam { get; }

    public MovingAverage Average { get; }

    /// <summary>The iterations done.</summary>
    public IReadOnlyList<TrainingStep> Steps => _steps;

    /// <summary>The iteration with the smallest hold-out loss, from 0, or −1 if none was computed.</summary>
    public int BestIteration { get; private set; } = -1;

    /// <summary>Whether no weight is infinite or NaN, in any of the networks.</summary>
    public bool IsFinite
    {
        get
        {
            using DisposeScope scope = NewDisposeScope();
            return Weights().All(weights => weights.isfinite().all().item<bool>());
        }
    }

    /// <summary>Adds an iteration, and keeps the averaged weights where they are the best so far on the points held out.</summary>
    public void Add(TrainingStep step)
    {
        _steps.Add(step);
        if (float.IsFinite(step.HoldOutLoss) && (BestIteration < 0 || step.HoldOutLoss < _steps[BestIteration].HoldOutLoss))
        {
            BestIteration = _steps.Count - 1;
            Copy(Averaged, _best);
        }
    }

    /// <summary>Makes the averaged weights those of the best iteration.</summary>
    public void TakeBest() => Copy(_best, Averaged);

    /// <summary>Writes the state.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_steps.Count);
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_steps)));
        writer.Write(BestIteration);
        foreach (Parameter weights in Weights())
        {
            writer.Write(weights.bytes);
        }

        Adam.Save(writer);
    }

    /// <summary>Replaces the state by one that was written.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="end">Where in the file the state must end.</param>
    /// <exception cref="InvalidDataException">No training has been in such a state.</exception>
    /// <exception cref="EndOfStreamException">The file ends too early.</exception>
    public void Load(BinaryReader reader, long end)
    {
        int count = reader.ReadInt32();
        Require(count >= 0 && count <= (end - reader.BaseStream.Position) / Marshal.SizeOf<TrainingStep>());
        TrainingStep[] steps = new TrainingStep[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(steps.AsSpan()));
        _steps.Clear();
        _steps.AddRange(steps);
        BestIteration = reader.ReadInt32();
        Require(BestIteration >= -1 && BestIteration < count);
        foreach (Parameter weights in Weights())
        {
            reader.BaseStream.ReadExactly(weights.bytes);
        }

        Adam.Load(reader);
        Require(reader.BaseStream.Position == end && IsFinite);

        static void Require(bool isSo)
        {
            if (!isSo)
            {
                throw new InvalidDataException();
            }
        }
    }

    public void Dispose()
    {
        _best.Dispose();
        Averaged.Dispose();
        Trained.Dispose();
    }

    private IEnumerable<Parameter> Weights() => new[] { Trained, Averaged, _best }.SelectMany(network => network.parameters());

    private static void Copy(EpsilonMlp from, EpsilonMlp to)
    {
        using IDisposable noGradient = no_grad();
        foreach ((Parameter target, Parameter source) in to.parameters().Zip(from.parameters()))
        {
            target.copy_(source);
        }
    }
}
