using System.Diagnostics;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>Trains a network to predict the noise (Ho et al. 2020, Algorithm 1, with the simple loss of Eq. 14).</summary>
public static class TrainingRun
{
    /// <summary>Trains from the initial weights of the seed, or from a checkpoint.</summary>
    /// <param name="network">The shape of the network.</param>
    /// <param name="schedule">The noise schedule.</param>
    /// <param name="data">What to learn from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Is told of every iteration, on the calling thread.</param>
    /// <param name="checkpoint">Where the run is kept as it goes, and resumed from; null means nowhere.</param>
    /// <param name="cancellationToken">Ends the run early; the checkpoint is then that of the last iteration.</param>
    /// <exception cref="DiffusionException">An option is out of range, the checkpoint does not fit, or the loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public static TrainingResult Train(
        EpsilonMlpOptions network,
        NoiseSchedule schedule,
        TrainingSet data,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        Checkpoint? checkpoint = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Patience is not null && data.HoldOut is null)
        {
            throw new DiffusionException("Patience requires points that are held out; there are none. Hold points out, or train without patience.");
        }

        set_num_threads(options.Threads);
        TrainingState state = new(network, schedule, options);
        try
        {
            checkpoint?.Resume(state);
            if (state.Steps.Count > options.Iterations)
            {
                throw new DiffusionException(
                    $"The checkpoint has {state.Steps.Count} iterations, more than the requested {options.Iterations}. "
                        + "Request more iterations.");
            }

            TrainingBatch batch = new(data.Source, schedule, options.Batch, options.Seed, options.StratifiedTimesteps);
            using HoldOut? holdOut = data.HoldOut is { } points ? new HoldOut(data.Source.Info, points, schedule, options.Seed) : null;
            Learn(state, batch, holdOut, options, progress, checkpoint, cancellationToken);
            if (options.Patience is not null && state.BestIteration >= 0)
            {
                state.TakeBest();
            }

            return new TrainingResult(state, holdOut?.LossOf(state.Averaged));
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    private static void Learn(
        TrainingState state,
        TrainingBatch batch,
        HoldOut? holdOut,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        Checkpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int resumed = state.Steps.Count;
        double before = resumed > 0 ? state.Steps[^1].Seconds : 0;
        while (state.Steps.Count < options.Iterations && !IsExhausted(state, options))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                checkpoint?.Save(state);
                cancellationToken.ThrowIfCancellationRequested();
            }

            int iteration = state.Steps.Count;
            double rate = LearningRate.At(iteration, options);
            batch.Draw(iteration);
            float loss = Step(state, batch, rate);
            if (!float.IsFinite(loss))
            {
                throw new DiffusionException($"The loss is {loss} at iteration {iteration + 1}. Use a smaller learning rate.{checkpoint?.Remark}");
            }

            state.Average.Update(iteration);
            bool isMeasured = holdOut is not null && ((iteration + 1) % HoldOut.Interval == 0 || iteration + 1 == options.Iterations);
            state.Add(new TrainingStep(loss, isMeasured ? holdOut!.LossOf(state.Averaged) : float.NaN, (float)rate, (float)(before + watch.Elapsed.TotalSeconds)));
            progress?.Report(new TrainingProgress(state.Steps, resumed, state.Averaged));
            checkpoint?.SaveNowAndThen(state);
        }
    }

    /// <summary>Whether the hold-out loss has not fallen for too long.</summary>
    private static bool IsExhausted(TrainingState state, TrainingOptions options)
        => state.BestIteration >= 0 && state.Steps.Count - 1 - state.BestIteration >= options.Patience;

    private static float Step(TrainingState state, TrainingBatch batch, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [batch.Indices.Length, batch.Noisy.Length / batch.Indices.Length];
        Tensor predicted = state.Trained.ForwardAt(tensor(batch.Noisy, shape), tensor(batch.Indices));
        Tensor loss = nn.functional.mse_loss(predicted, tensor(batch.Epsilon, shape));
        loss.backward();
        state.Adam.Step(learningRate);
        return loss.item<float>();
    }
}
