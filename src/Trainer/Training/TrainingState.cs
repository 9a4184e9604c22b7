using System.Runtime.InteropServices;
using Diffusion.Training.Networks;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>
/// The state of a training run between two iterations. It contains no random number generator: the random numbers of an iteration are
/// computed from the seed and the number of the iteration.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    private readonly List<TrainingStep> _steps = [];
    private readonly NetworkTensors _trained;
    private readonly NetworkTensors _averaged;
    private readonly NetworkTensors _best;

    /// <summary>Creates the state before the first iteration.</summary>
    /// <param name="create">Creates a network of its own at each call; all of them start from the values of the first.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="DiffusionException">The networks are not of one layout, or not of the kind that can be trained.</exception>
    public TrainingState(Func<Network> create, TrainingOptions options)
    {
        // Layers that draw their weights from Torch's own numbers start from those of the seed.
        manual_seed(unchecked((long)options.Seed)).Dispose();
        _trained = new NetworkTensors(create());
        _averaged = Copy();
        _best = Copy();
        Trained.train();
        Averaged.eval();
        Adam = new Adam(_trained.Parameters, options.Beta2, options.WeightDecay, options.LargestGradient);
        Average = new MovingAverage(_trained, _averaged, options.Ema);

        NetworkTensors Copy()
        {
            NetworkTensors copy = new(create());
            bool isNew = copy.Network != _trained.Network && copy.Network != _averaged?.Network;
            if (!isNew || copy.Layout != _trained.Layout)
            {
                throw new DiffusionException(
                    "The function that creates the network must return a new network of the same layout at each call.");
            }

            copy.CopyFrom(_trained);
            return copy;
        }
    }

    /// <summary>The network whose weights are learned.</summary>
    public Network Trained => _trained.Network;

    /// <summary>The network with the moving average of the weights.</summary>
    public Network Averaged => _averaged.Network;

    /// <summary>What the networks take and give, and all their tensors, a line each.</summary>
    public string Layout => _trained.Layout;

    public Adam Adam { get; }

    public MovingAverage Average { get; }

    /// <summary>The iterations done.</summary>
    public IReadOnlyList<TrainingStep> Steps => _steps;

    /// <summary>The iteration with the smallest hold-out loss, from 0, or −1 if none was computed.</summary>
    public int BestIteration { get; private set; } = -1;

    /// <summary>Whether no weight is infinite or NaN, in any of the networks.</summary>
    public bool IsFinite => Array.TrueForAll(Networks, network => network.IsFinite);

    private NetworkTensors[] Networks => [_trained, _averaged, _best];

    /// <summary>Adds an iteration, and keeps the averaged weights where they are the best so far on the samples held out.</summary>
    public void Add(TrainingStep step)
    {
        _steps.Add(step);
        if (float.IsFinite(step.HoldOutLoss) && (BestIteration < 0 || step.HoldOutLoss < _steps[BestIteration].HoldOutLoss))
        {
            BestIteration = _steps.Count - 1;
            _best.CopyFrom(_averaged);
        }
    }

    /// <summary>Makes the averaged weights those of the best iteration.</summary>
    public void TakeBest() => _averaged.CopyFrom(_best);

    /// <summary>Writes the state.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_steps.Count);
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_steps)));
        writer.Write(BestIteration);
        foreach (NetworkTensors network in Networks)
        {
            network.Save(writer);
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
        foreach (NetworkTensors network in Networks)
        {
            network.Load(reader);
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
        foreach (NetworkTensors network in Networks)
        {
            network.Dispose();
        }
    }
}
