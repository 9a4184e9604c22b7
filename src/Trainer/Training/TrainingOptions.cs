namespace Diffusion.Training;

/// <summary>How to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>The largest batch.</summary>
    public const int LargestBatch = 1 << 20;

    /// <summary>The most threads.</summary>
    public const int MostThreads = 1024;

    /// <summary>More threads than these gain nothing with a network of default size.</summary>
    private const int UsualThreads = 2;

    /// <summary>The number of training iterations, at least 1.</summary>
    public int Iterations { get; init; } = 14_000;

    /// <summary>The number of points in a batch, from 1 to 1,048,576.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>The largest learning rate of Adam, above 0.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>How the learning rate goes over the run.</summary>
    public RateSchedule RateSchedule { get; init; }

    /// <summary>Whether the timesteps of a batch are spread evenly over 0 … T−1 rather than drawn independently.</summary>
    public bool StratifiedTimesteps { get; init; } = true;

    /// <summary>The run ends once the hold-out loss has not fallen for that many iterations, and the best weights are kept; null means never.</summary>
    public int? Patience { get; init; }

    /// <summary>The decay of the moving average of the weights, from 0 (none) to below 1.</summary>
    public double Ema { get; init; } = 0.999;

    /// <summary>The seed of all randomness: initial weights, points, timesteps and noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of threads Torch works with, from 1 to 1,024. Sums of floats, and with them the weights, may depend on it.</summary>
    public int Threads { get; init; } = Math.Min(UsualThreads, Environment.ProcessorCount);

    /// <summary>Refuses what makes no training run.</summary>
    /// <exception cref="DiffusionException">A value is out of range.</exception>
    public void Validate()
    {
        Require("number of iterations", Iterations, Iterations >= 1, "at least 1");
        Require("batch size", Batch, Batch is >= 1 and <= LargestBatch, $"between 1 and {LargestBatch}");
        Require("learning rate", LearningRate, LearningRate > 0 && double.IsFinite(LearningRate), "greater than 0");
        Require("decay of the moving average", Ema, Ema >= 0 && Ema < 1, "at least 0 and less than 1");
        Require("patience", Patience ?? 1, Patience is null or >= 1, "at least 1 iteration");
        Require("number of threads", Threads, Threads is >= 1 and <= MostThreads, $"between 1 and {MostThreads}");

        static void Require(string what, double value, bool isValid, string range)
        {
            if (!isValid)
            {
                throw new DiffusionException($"The {what} must be {range}; was {value}.");
            }
        }
    }
}
