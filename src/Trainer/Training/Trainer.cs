using System.Diagnostics;
using Diffusion.Denoising;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>Trains a network to remove noise (Ho et al. 2020, Algorithm 1).</summary>
/// <param name="network">Creates the network, a new one at each call: one is trained, one keeps the average, one the best so far. All
/// start from the values of the first.</param>
public sealed class Trainer(Func<Network> network)
{
    /// <summary>Where the number of an iteration stands in the seed of Torch's own numbers.</summary>
    private const int IterationShift = 32;

    private readonly Func<Network> _network = network ?? throw new ArgumentNullException(nameof(network));

    /// <summary>Gets what the network is trained for.</summary>
    public Objective Objective { get; init; } = new();

    /// <summary>Gets how to train.</summary>
    public TrainingOptions Options { get; init; } = new();

    /// <summary>Gets what is told of every iteration, on the calling thread; null means nothing.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Gets where the run is kept as it goes, and resumed from; null means nowhere.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Trains from the network's initial weights, or from the checkpoint.</summary>
    /// <param name="source">The samples to learn from.</param>
    /// <param name="holdOut">Samples to measure the network on, which it never learns from; null means none.</param>
    /// <param name="cancellationToken">Ends the run early; the checkpoint is then that of the last iteration.</param>
    /// <exception cref="DiffusionException">The samples do not fit the network, the checkpoint does not fit, or the loss is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public TrainingResult Train(IBatchSource source, IBatchSource? holdOut = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Options.Patience is not null && holdOut is null)
        {
            throw new DiffusionException(
                "Patience requires samples that are held out; there are none. Hold some out, or train without patience.");
        }

        set_num_threads(Options.Threads);
        TrainingState state = new(_network, Options);
        try
        {
            DenoiserSignature signature = state.Trained.Signature;
            NoiseSchedule schedule = state.Trained.Schedule;
            RequireFit(signature, source);
            RequireFit(signature, holdOut ?? source);
            Checkpoint?.Resume(state);
            if (state.Steps.Count > Options.Iterations)
            {
                throw new DiffusionException(
                    $"The checkpoint has {state.Steps.Count} iterations, more than the requested {Options.Iterations}. "
                        + "Request more iterations.");
            }

            TrainingBatch batch = new(
                new LabelDropout(source, Objective.LabelDropout), signature, schedule, Objective, Options.Batch, Options.Seed);
            HoldOut? measure = holdOut is null ? null : new HoldOut(holdOut, signature, schedule, Objective, Options.Seed);
            using LevelTable levels = new(state.Trained, schedule.TrainTimesteps);
            Learn(state, batch, measure, levels, cancellationToken);
            int? kept = Options.Patience is not null && state.BestIteration >= 0 ? state.BestIteration : null;
            if (kept is not null)
            {
                state.TakeBest();
            }

            return new TrainingResult(state, measure?.LossOf(state.Averaged, levels), kept);
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    private static void RequireFit(DenoiserSignature signature, IBatchSource source)
    {
        if (signature.Shape != source.Shape || signature.Conditions != source.Conditions)
        {
            throw new DiffusionException(
                $"The network takes samples of the shape {signature.Shape} with {signature.Conditions}; "
                    + $"the source gives the shape {source.Shape} with {source.Conditions}.");
        }
    }

    private void Learn(TrainingState state, TrainingBatch batch, HoldOut? holdOut, LevelTable levels, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int resumed = state.Steps.Count;
        double before = resumed > 0 ? state.Steps[^1].Seconds : 0;
        while (state.Steps.Count < Options.Iterations && !IsExhausted(state))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Checkpoint?.Save(state);
                cancellationToken.ThrowIfCancellationRequested();
            }

            int iteration = state.Steps.Count;
            double rate = LearningRate.At(iteration, Options);
            batch.Draw(iteration);
            float loss = Step(state, batch, levels, iteration, rate);
            if (!float.IsFinite(loss))
            {
                throw new DiffusionException(
                    $"The loss is {loss} at iteration {iteration + 1}. Use a smaller learning rate.{Checkpoint?.Remark}");
            }

            state.Average.Update(iteration);
            bool isMeasured = holdOut is not null && ((iteration + 1) % HoldOut.Interval == 0 || iteration + 1 == Options.Iterations);
            float holdOutLoss = isMeasured ? holdOut!.LossOf(state.Averaged, levels) : float.NaN;
            state.Add(new TrainingStep(loss, holdOutLoss, (float)rate, (float)(before + watch.Elapsed.TotalSeconds)));
            Progress?.Report(new TrainingProgress(state.Steps, resumed, state.Averaged));
            Checkpoint?.SaveIfDue(state);
        }
    }

    /// <summary>Whether the hold-out loss has not fallen for too long.</summary>
    private bool IsExhausted(TrainingState state)
        => state.BestIteration >= 0 && state.Steps.Count - 1 - state.BestIteration >= Options.Patience;

    private float Step(TrainingState state, TrainingBatch batch, LevelTable levels, int iteration, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();

        // What a network itself draws, as in dropout, is a function of the seed and of the iteration as well; the 0th gave its weights.
        manual_seed(unchecked((long)(Options.Seed ^ (((ulong)iteration + 1) << IterationShift)))).Dispose();
        Tensor loss = state.Trained.LossOf(batch.ToTensors(0, Options.Batch), levels);
        loss.backward();
        state.Adam.Step(learningRate);
        return loss.item<float>();
    }
}
