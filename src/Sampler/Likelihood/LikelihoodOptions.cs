using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>How to compute a log-likelihood.</summary>
public sealed record LikelihoodOptions
{
    /// <summary>Enough for the mean over points to be right to 10⁻³ nats.</summary>
    public const int UsualSteps = 50;

    /// <summary>Up to this dimension the divergence is computed exactly by default: there it costs no more than twice what an estimate
    /// does.</summary>
    public const int LargestExactDimension = 64;

    /// <summary>The number of random directions by default. Four times as many halve the standard error.</summary>
    public const int UsualProbes = 32;

    /// <summary>The largest number of random directions.</summary>
    public const int MostProbes = 256;

    /// <summary>What the points of one chunk may take in memory, in bytes; the network may take as much once more.</summary>
    private const long LargestChunk = 16 << 20;

    private const int UsualChunk = 128;

    /// <summary>The number of steps of rk4, each of four slopes, from 1 to T; by default 50, or T where that is less.</summary>
    public int? Steps { get; init; }

    /// <summary>The index i of the noise that is in the points already, from −1 to below T−1; by default −1, clean data.</summary>
    public double Timestep { get; init; } = NoiseSchedule.CleanIndex;

    /// <summary>
    /// The number of random directions from which the divergence is estimated, from 1 to 256; the network is asked at two places
    /// for each. By default the divergence is exact up to dimension 64, from two places for each coordinate, and estimated from
    /// 32 directions above.
    /// </summary>
    public int? Probes { get; init; }

    /// <summary>The seed of the random directions. The same seed gives the same estimate, whatever the number of threads and the size of
    /// chunks.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets how to compute it. By default 128 points are carried along at once, or fewer if they would take more than 16
    /// MiB.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>
    /// Where the steps lie, from the noise of the points to that of the prior: evenly in log σ, which is where a likelihood is
    /// gathered.
    /// </summary>
    /// <exception cref="DiffusionException">The number of steps or the index is out of range.</exception>
    internal double[] Sigmas(NoiseSchedule schedule)
    {
        int last = schedule.TrainTimesteps - 1;
        if (!(Timestep >= NoiseSchedule.CleanIndex && Timestep < last))
        {
            throw new DiffusionException(
                $"The timestep of the points must be at least {NoiseSchedule.CleanIndex} and less than {last}; was {Timestep}.");
        }

        double first = schedule.At(Timestep).Sigma;
        double[] grid = TimestepGrids.LogSnr.Create(schedule, Steps ?? Math.Min(UsualSteps, schedule.TrainTimesteps));
        return [first, .. grid.Reverse().Select(timestep => schedule.At(timestep).Sigma).Where(sigma => sigma > first)];
    }

    /// <summary>Gets the number of random directions in a dimension; null if the divergence is computed exactly.</summary>
    internal int? ProbesIn(int dimension) => Probes ?? (dimension > LargestExactDimension ? UsualProbes : null);

    /// <summary>Gets the number of points that are carried along at once in a dimension.</summary>
    internal int ChunkIn(int dimension)
        => (int)Math.Clamp(
            LargestChunk / LogLikelihood.BytesPerPoint(dimension, ProbesIn(dimension)), 1, Execution.ChunkSize ?? UsualChunk);

    /// <summary>Refuses what makes no computation.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    internal void Validate()
    {
        Execution.Validate();
        if (Probes is < 1 or > MostProbes)
        {
            throw new DiffusionException($"The number of probes must be between 1 and {MostProbes}; was {Probes}.");
        }
    }
}
