using System.Runtime.ExceptionServices;

namespace Diffusion.Sampling;

/// <summary>Points in pieces that go through the network one by one, on some threads.</summary>
internal static class Chunks
{
    /// <summary>Checks how points are to be split and on how many threads.</summary>
    /// <exception cref="DiffusionException">The chunk size or the number of threads is below 1.</exception>
    public static void Validate(int size, int threads)
    {
        if (size < 1 || threads < 1)
        {
            throw new DiffusionException($"The chunk size and the number of threads must be at least 1; were {size} and {threads}.");
        }
    }

    /// <summary>The pieces, in order.</summary>
    /// <param name="count">The number of points.</param>
    /// <param name="size">The number of points in a piece; the last may have fewer.</param>
    public static (int First, int Count)[] Of(int count, int size)
        => [.. Enumerable.Range(0, (int)(((long)count + size - 1) / size)).Select(k => (k * size, Math.Min(size, count - (k * size))))];

    /// <summary>The points <c>[n, d]</c> of a piece.</summary>
    public static Span<T> Slice<T>(Span<T> points, (int First, int Count) range, int dimension) => points.Slice(range.First * dimension, range.Count * dimension);

    /// <summary>The points <c>[n, d]</c> of a piece.</summary>
    public static ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> points, (int First, int Count) range, int dimension) => points.Slice(range.First * dimension, range.Count * dimension);

    /// <summary>Does the work for 0 … count−1 on some threads; the first failure is thrown as it was.</summary>
    public static void ForEach(int count, int threads, Action<int> work, CancellationToken cancellationToken)
        => ForEach(count, threads, () => work, cancellationToken);

    /// <summary>The same where each thread has a worker of its own, whose memory goes from piece to piece.</summary>
    public static void ForEach(int count, int threads, Func<Action<int>> hire, CancellationToken cancellationToken)
    {
        int taken = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, Math.Min(count, threads), options, (_, loop) =>
            {
                Action<int> work = hire();
                for (int k = Interlocked.Increment(ref taken); k <= count && !loop.ShouldExitCurrentIteration; k = Interlocked.Increment(ref taken))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    work(k - 1);
                }
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }
}
