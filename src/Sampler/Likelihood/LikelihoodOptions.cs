using Diffusion.Schedules;

namespace Diffusion.Sampling;

/// <summary>How to compute a log-likelihood.</summary>
public sealed record LikelihoodOptions
{
    /// <summary>Enough for the mean over points to be right to 10⁻³ nats.</summary>
    public const int UsualSteps = 50;

    /// <summary>The number of steps of rk4, each of four slopes, from 1 to T; by default 50, or T where that is less.</summary>
    public int? Steps { get; init; }

    /// <summary>The index i of the noise that is in the points already, from −1 to below T−1; by default −1, clean data.</summary>
    public double Timestep { get; init; } = NoiseSchedule.CleanIndex;

    /// <summary>How many points are carried along at once, at least 1; the network is asked at 1 + 2·d places for each. A matter of speed alone.</summary>
    public int ChunkSize { get; init; } = 128;

    /// <summary>How many threads work, at least 1; by default one for each processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

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
            throw new DiffusionException($"The index of the noise in points whose likelihood is asked for must be from {NoiseSchedule.CleanIndex} to below {last}, was {Timestep}.");
        }

        double first = schedule.SigmaAt(Timestep);
        return [first, .. TimestepGrids.LogSnr.Create(schedule, Steps ?? Math.Min(UsualSteps, schedule.TrainTimesteps)).Reverse().Select(schedule.SigmaAt).Where(sigma => sigma > first)];
    }

    /// <summary>Refuses what makes no computation.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    internal void Validate()
    {
        if (ChunkSize < 1 || Threads < 1)
        {
            throw new DiffusionException($"Chunk size and threads must be at least 1, were {ChunkSize} and {Threads}.");
        }
    }
}
