using static Diffusion.Training.OptionRange;

namespace Diffusion.Training;

/// <summary>How to train. A value out of range is refused where it is set, with a <see cref="DiffusionException"/>.</summary>
public sealed record TrainingOptions
{
    /// <summary>The largest batch.</summary>
    public const int LargestBatch = 1 << 20;

    /// <summary>The most threads.</summary>
    public const int MostThreads = 1024;

    /// <summary>More threads than these gain nothing with a network of default size.</summary>
    private const int UsualThreads = 2;

    /// <summary>Gets the number of training iterations, at least 1; 14,000 by default.</summary>
    public int Iterations { get; init => field = Require(value, value >= 1, "number of iterations", "at least 1"); } = 14_000;

    /// <summary>Gets the number of samples in a batch, from 1 to 1,048,576; 512 by default.</summary>
    public int Batch
    {
        get;
        init => field = Require(value, value is >= 1 and <= LargestBatch, "batch size", Invariant($"between 1 and {LargestBatch}"));
    }
        = 512;

    /// <summary>Gets the largest learning rate of Adam, greater than 0; 3e-3 by default.</summary>
    public double LearningRate
    {
        get;
        init => field = Require(value, value > 0 && double.IsFinite(value), "learning rate", "greater than 0");
    }
        = 3e-3;

    /// <summary>Gets how the learning rate goes over the run.</summary>
    public RateSchedule RateSchedule { get; init; }

    /// <summary>Gets β₂ of Adam, the decay of the second moments, from 0 to below 1; 0.999 by default.</summary>
    public double Beta2
    {
        get;
        init => field = Require(value, value is >= 0 and < 1, "β₂ of Adam", "at least 0 and less than 1");
    }
        = 0.999;

    /// <summary>Gets the decoupled weight decay of AdamW (Loshchilov and Hutter 2019), at least 0; none by default.</summary>
    public double WeightDecay
    {
        get;
        init => field = Require(value, value >= 0 && double.IsFinite(value), "weight decay", "at least 0");
    }

    /// <summary>Gets the largest norm of the gradient of all parameters, greater than 0; a longer one is shortened to it (Pascanu et al.
    /// 2013). Null, the default, means any.</summary>
    public double? LargestGradient
    {
        get;
        init => field = Require(value, value is null or > 0, "largest norm of the gradient", "greater than 0");
    }

    /// <summary>Gets after how many iterations without a smaller hold-out loss the run ends, with the best weights, at least 1; null, the
    /// default, means never.</summary>
    public int? Patience { get; init => field = Require(value, value is null or >= 1, "patience", "at least 1 iteration"); }

    /// <summary>Gets the decay of the moving average of the weights, from 0 (none) to below 1; 0.999 by default.</summary>
    public double Ema
    {
        get;
        init => field = Require(value, value is >= 0 and < 1, "decay of the moving average", "at least 0 and less than 1");
    }
        = 0.999;

    /// <summary>Gets the seed of all randomness: initial weights, samples, timesteps and noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the number of threads Torch works with, from 1 to 1,024; 2 by default. Sums of floats, and with them the weights, may
    /// depend on it.</summary>
    public int Threads
    {
        get;
        init => field = Require(value, value is >= 1 and <= MostThreads, "number of threads", Invariant($"between 1 and {MostThreads}"));
    }
        = Math.Min(UsualThreads, Environment.ProcessorCount);
}
