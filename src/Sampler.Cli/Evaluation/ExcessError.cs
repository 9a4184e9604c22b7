using Diffusion.DataSets;
using Diffusion.Randomness;
using Diffusion.Sampling;
using Diffusion.Schedules;

namespace Diffusion.Cli.Evaluation;

/// <summary>
/// How far a network is from the best possible one: E‖ε_θ(x_t) − ε*(x_t)‖²/d, where ε* is the exact prediction of a Gaussian
/// mixture. The loss of training is this plus what nobody can predict (Vincent 2011).
/// </summary>
/// <param name="Mean">The mean over all timesteps, each counted alike.</param>
/// <param name="Levels">The same by noise level.</param>
internal sealed record ExcessError(double Mean, IReadOnlyList<ExcessErrorLevel> Levels)
{
    private const int LevelCount = 10;
    private const int TimestepsPerLevel = 25;
    private const int Points = 1_000;

    /// <summary>Measures a model of a mixture.</summary>
    public static ExcessError Of(DiffusionSampler sampler, GaussianMixture mixture, ulong seed, CancellationToken cancellationToken)
    {
        NoiseSchedule schedule = sampler.Card.Schedule;
        int[] timesteps = [.. Enumerable.Range(0, Math.Min(schedule.TrainTimesteps, LevelCount * TimestepsPerLevel))];
        for (int k = 0; k < timesteps.Length; k++)
        {
            // The middle of the k-th of equal parts of 0 … T−1.
            timesteps[k] = (int)((k + 0.5) * schedule.TrainTimesteps / timesteps.Length);
        }

        double[] errors = new double[timesteps.Length];
        Parallel.For(0, timesteps.Length, new ParallelOptions { CancellationToken = cancellationToken }, k => errors[k] = At(sampler.Predictor, mixture, schedule.AlphaBars[timesteps[k]], timesteps[k], seed));
        ExcessErrorLevel[] levels = [.. timesteps.Zip(errors)
            .Chunk(Math.Max(1, timesteps.Length / LevelCount))
            .Select(chunk => new ExcessErrorLevel(chunk[0].First, chunk[^1].First, chunk.Average(entry => entry.Second)))];
        return new ExcessError(errors.Average(), levels);
    }

    private static double At(INoisePredictor network, GaussianMixture mixture, double alphaBar, int timestep, ulong seed)
    {
        float[] x = new float[Points * mixture.Dimension];
        float[] noise = new float[x.Length];
        long first = (long)timestep * x.Length;
        mixture.Draw(seed, first / mixture.Dimension, x);
        new PhiloxNormal(seed, RandomDomain.Forward).Fill(0, first, noise);
        ForwardProcess.AddNoise(x, noise, alphaBar, x);
        float[] predicted = new float[x.Length];
        network.Predict(x, timestep, predicted);
        double[] exact = new double[x.Length];
        mixture.PredictEpsilon(Array.ConvertAll(x, value => (double)value), alphaBar, exact);
        return predicted.Zip(exact, (ours, best) => (ours - best) * (ours - best)).Average();
    }
}
