using Diffusion.Points;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>How to sample. The defaults suit any model.</summary>
public sealed record SamplerOptions
{
    /// <summary>The most points that one seed is asked for: their coordinates can still be counted, whatever the dimension.</summary>
    private const long MostPoints = 1L << 40;

    /// <summary>The solver; by default <see cref="KnownSolvers.Default"/>.</summary>
    public ISolver Solver { get; init; } = KnownSolvers.Default;

    /// <summary>The number of steps, from 1 to T; by default what the solver finds right.</summary>
    public int? Steps { get; init; }

    /// <summary>Gets how the steps are spread over the schedule; by default as the model's configuration says, or as it suits the
    /// solver.</summary>
    public TimestepGrid? Grid { get; init; }

    /// <summary>The timesteps themselves, in place of <see cref="Steps"/> and <see cref="Grid"/>: indices within 0 … T−1, descending, fractions allowed.</summary>
    public IReadOnlyList<double>? Timesteps { get; init; }

    /// <summary>The seed. The same seed gives the same points, whatever the number of threads and the size of chunks.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of the first sample: samples 100 … 199 of a run can be had alone.</summary>
    public long FirstSample { get; init; }

    /// <summary>The initial noise x_T, <c>[n, d]</c>, in place of what the seed gives; in the units of the network.</summary>
    public PointSet? Noise { get; init; }

    /// <summary>How the predicted clean data are kept within bounds; by default as the model's card says, which mostly is not at all.</summary>
    public ClippingOptions? Clipping { get; init; }

    /// <summary>How many points go through the network at once, at least 1. A matter of speed alone.</summary>
    public int ChunkSize { get; init; } = 512;

    /// <summary>How many threads work, at least 1; by default one for each processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Writes the solver out for a schedule.</summary>
    /// <exception cref="DiffusionException">The number of steps or a timestep is out of range.</exception>
    public Tableau BuildTableau(NoiseSchedule schedule) => Solver.Build(schedule, ChooseTimesteps(schedule));

    /// <summary>The indices at which the steps begin, descending.</summary>
    /// <exception cref="DiffusionException">The number of steps or a timestep is out of range.</exception>
    internal IReadOnlyList<double> ChooseTimesteps(NoiseSchedule schedule)
    {
        if (Timesteps is not null && Steps is not null)
        {
            throw new DiffusionException("Specify either a number of steps or a list of timesteps, not both.");
        }

        return Timesteps is not null
            ? TimestepGrid.Validate(schedule, Timesteps)
            : (Grid ?? schedule.Grid ?? Solver.DefaultGrid).Create(schedule, Steps ?? Solver.DefaultSteps(schedule));
    }

    /// <summary>Checks everything that does not depend on the model's schedule.</summary>
    /// <param name="count">The number n of points that are to be in memory at once.</param>
    /// <param name="dimension">Their dimension d.</param>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public void Validate(int count, int dimension)
    {
        if (count < 1 || (long)count * dimension > Array.MaxLength)
        {
            throw new DiffusionException($"The number of points must be between 1 and {Array.MaxLength / dimension}; was {count}.");
        }

        ValidateAll(count, dimension);
    }

    /// <summary>The same for points that are drawn piece by piece, of which there may be more.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    internal void ValidateAll(long count, int dimension)
    {
        if (count < 1 || count > MostPoints)
        {
            throw new DiffusionException($"The number of points must be between 1 and {MostPoints}; was {count}.");
        }

        if (FirstSample < 0 || FirstSample > MostPoints - count)
        {
            throw new DiffusionException(
                $"The index of the first of {count} samples must be between 0 and {MostPoints - count}; was {FirstSample}.");
        }

        Chunks.Validate(ChunkSize, Threads);
        Clipping?.Validate();
        if (Noise is not null && (Noise.Count != count || Noise.Dimension != dimension))
        {
            throw new DiffusionException(
                $"The initial noise must have the shape [{count}, {dimension}]; was [{Noise.Count}, {Noise.Dimension}].");
        }
    }
}
