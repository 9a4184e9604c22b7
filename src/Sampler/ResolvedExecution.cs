namespace Diffusion.Sampling;

/// <summary>How a job is computed, with nothing left open.</summary>
/// <param name="Threads">How many threads work.</param>
/// <param name="ChunkSize">How many samples go through the network at once.</param>
internal readonly record struct ResolvedExecution(int Threads, int ChunkSize)
{
    /// <summary>The largest chunk that is chosen: more vectors at once bring no more speed (docs/performance.md).</summary>
    private const int LargestChunk = 512;

    /// <summary>The largest chunk of a network of any cost: more pictures at once bring no more speed.</summary>
    private const int LargestCostlyChunk = 16;

    /// <summary>The multiply-adds of an evaluation below which a smaller chunk takes nearly as long.</summary>
    private const long SmallestWork = 1 << 21;

    /// <summary>The multiply-adds in a chunk beyond which more samples at once bring no more speed, and take more memory.</summary>
    private const long LargestWork = 5_000_000_000;

    /// <summary>Chooses what the options leave open: chunks of equal size, as many as keep all threads at work.</summary>
    /// <param name="options">The options.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="cost">What the network costs.</param>
    public static ResolvedExecution For(ExecutionOptions options, int count, NetworkCost cost)
    {
        int threads = options.Threads ?? Environment.ProcessorCount;
        return new ResolvedExecution(threads, options.ChunkSize ?? ChunkFor(count, threads, Math.Max(cost.MultiplyAdds, 1)));
    }

    /// <summary>Returns the number of chunks of a job.</summary>
    /// <param name="count">The number of samples.</param>
    public int ChunksOf(int count) => (int)Chunks.DivideUp(count, ChunkSize);

    private static int ChunkFor(int count, int threads, long multiplyAdds)
    {
        int largest = (int)Math.Clamp(LargestWork / multiplyAdds, LargestCostlyChunk, LargestChunk);
        int smallest = (int)Math.Clamp(SmallestWork / multiplyAdds, 1, largest);
        long chunks = threads * Chunks.DivideUp(count, (long)threads * largest);
        return (int)Chunks.DivideUp(count, Math.Clamp(count / smallest, Chunks.DivideUp(count, largest), chunks));
    }
}
