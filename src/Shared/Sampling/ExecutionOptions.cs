namespace Diffusion.Sampling;

/// <summary>How a job is computed. Its samples do not depend on it.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Gets how many threads take chunks, at least 1; by default one for each processor, which also share the work within a large
    /// network where there are fewer samples than threads.</summary>
    public int? Threads { get; init; }

    /// <summary>Gets how many samples go through the network at once, at least 1; by default as it suits the cost of the
    /// network.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="DiffusionException">A number is below 1.</exception>
    public void Validate()
    {
        if (Threads is < 1 || ChunkSize is < 1)
        {
            throw new DiffusionException(
                $"The chunk size and the number of threads must be at least 1; were {Text(ChunkSize)} and {Text(Threads)}.");
        }

        static string Text(int? value) => value is { } number ? Invariant($"{number}") : "the default";
    }
}
