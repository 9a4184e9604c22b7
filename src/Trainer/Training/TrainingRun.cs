using Diffusion.Onnx.Networks;
using Diffusion.Schedules;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>Trains a network to predict the noise (Ho et al. 2020, Algorithm 1, with the simple loss of Eq. 14).</summary>
public static class TrainingRun
{
    /// <summary>Trains from the initial weights of the seed.</summary>
    /// <param name="network">The shape of the network.</param>
    /// <param name="schedule">The noise schedule.</param>
    /// <param name="source">Where the points come from.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Is told of every iteration, on the calling thread.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="DiffusionException">An option is out of range, or the loss is not finite.</exception>
    /// <exception cref="OperationCanceledException">The run was ended early.</exception>
    public static TrainingResult Train(
        EpsilonMlpOptions network,
        NoiseSchedule schedule,
        IPointSource source,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        set_num_threads(options.Threads);
        using EpsilonMlp trained = new(network, schedule, options.Seed);
        EpsilonMlp averaged = new(network, schedule, options.Seed);
        try
        {
            return new TrainingResult(averaged, Learn(trained, averaged, new TrainingBatch(source, schedule, options.Batch, options.Seed), options, progress, cancellationToken));
        }
        catch
        {
            averaged.Dispose();
            throw;
        }
    }

    /// <summary>Does the iterations and gives their losses.</summary>
    private static float[] Learn(
        EpsilonMlp trained,
        EpsilonMlp averaged,
        TrainingBatch batch,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        using optim.Optimizer adam = optim.Adam(trained.parameters(), options.LearningRate);
        MovingAverage average = new(trained, averaged, options.Ema);
        float[] losses = new float[options.Iterations];
        for (int iteration = 0; iteration < losses.Length; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var group in adam.ParamGroups)
            {
                group.LearningRate = LearningRate.At(iteration, options.Iterations, options.LearningRate);
            }

            batch.Draw(iteration);
            losses[iteration] = Step(trained, adam, batch);
            average.Update(iteration);
            if (!float.IsFinite(losses[iteration]))
            {
                throw new DiffusionException($"The loss is {losses[iteration]} at iteration {iteration + 1}. Use a smaller --learning-rate.");
            }

            progress?.Report(new TrainingProgress(iteration + 1, losses[iteration]));
        }

        return losses;
    }

    private static float Step(EpsilonMlp network, optim.Optimizer adam, TrainingBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = [batch.Timestep.Length, batch.Noisy.Length / batch.Timestep.Length];
        Tensor predicted = network.forward(tensor(batch.Noisy, shape), tensor(batch.Timestep));
        Tensor loss = nn.functional.mse_loss(predicted, tensor(batch.Epsilon, shape));
        adam.zero_grad();
        loss.backward();
        adam.step();
        return loss.item<float>();
    }
}
