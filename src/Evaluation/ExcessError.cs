using Diffusion.Data.BuiltIn;
using Diffusion.Denoising;
using Diffusion.Randomness;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Evaluation;

/// <summary>
/// How far a network is from the best possible one: E‖ε_θ(x_t) − ε*(x_t)‖²/d, where ε* is the exact prediction of a Gaussian
/// mixture. The loss of training is this plus what nobody can predict (Vincent 2011).
/// </summary>
/// <param name="Mean">The mean over all timesteps, each counted alike.</param>
/// <param name="Levels">The same by noise level.</param>
public sealed record ExcessError(double Mean, IReadOnlyList<ExcessErrorLevel> Levels)
{
    private const int LevelCount = 10;
    private const int TimestepsPerLevel = 25;
    private const int Points = 1_000;

    /// <summary>Measures a model of a mixture.</summary>
    public static ExcessError Of(DiffusionSampler sampler, GaussianMixture mixture, ulong seed, CancellationToken cancellationToken)
    {
        int timesteps = sampler.Card.Schedule.TrainTimesteps;
        int count = Math.Min(LevelCount, timesteps);
        ExcessErrorLevel[] levels =
            [.. Enumerable.Range(0, count).Select(level => Level(level * timesteps / count, (level + 1) * timesteps / count))];
        return new ExcessError(levels.Sum(level => level.Mean * (level.Last + 1 - level.First)) / timesteps, levels);

        // The middles of equal parts of the range, or all of it where it is short.
        ExcessErrorLevel Level(int first, int end)
        {
            int parts = Math.Min(TimestepsPerLevel, end - first);
            double mean = Enumerable.Range(0, parts).Average(part =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return At(sampler, mixture, first + (int)((part + 0.5) * (end - first) / parts), seed);
            });
            return new ExcessErrorLevel(first, end - 1, mean);
        }
    }

    private static double At(DiffusionSampler sampler, GaussianMixture mixture, int timestep, ulong seed)
    {
        NoiseLevel level = sampler.Card.Schedule.At(timestep);
        float[] x = new float[Points * mixture.Dimension];
        float[] noise = new float[x.Length];
        long first = (long)timestep * x.Length;
        mixture.Draw(DataSetTruth.FirstSeed + seed, first / mixture.Dimension, x);
        new PhiloxNormal(seed, RandomDomain.Evaluation).Fill(0, first, noise);
        ForwardProcess.AddNoise(x, noise, level, x);
        float[] predicted = new float[x.Length];
        sampler.Denoiser.Predict(new DenoiserCall(x, level), predicted);
        double[] exact = new double[x.Length];
        mixture.PredictEpsilon(Array.ConvertAll(x, value => (double)value), level, exact);
        return predicted.Zip(exact, (ours, best) => (ours - best) * (ours - best)).Average();
    }
}

/// <summary>The excess error over a range of noise levels.</summary>
/// <param name="First">The first index i of the range.</param>
/// <param name="Last">The last index i of the range.</param>
/// <param name="Mean">The mean excess error per coordinate.</param>
public sealed record ExcessErrorLevel(int First, int Last, double Mean);
