namespace Diffusion.Sampling;

/// <summary>How a job is computed, with nothing left open.</summary>
/// <param name="Threads">How many threads work.</param>
/// <param name="ChunkSize">How many samples go through the network at once.</param>
internal readonly record struct ResolvedExecution(int Threads, int ChunkSize)
{
    /// <summary>The largest chunk that is chosen: more samples at once bring no more speed.</summary>
    private const int LargestChunk = 512;

    /// <summary>Chooses what the options leave open.</summary>
    /// <param name="options">The options.</param>
    public static ResolvedExecution For(ExecutionOptions options)
        => new(options.Threads ?? Environment.ProcessorCount, options.ChunkSize ?? LargestChunk);
}
