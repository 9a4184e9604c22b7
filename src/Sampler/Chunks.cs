using System.Runtime.ExceptionServices;

namespace Diffusion.Sampling;

/// <summary>Samples in chunks that go through the network one by one, on some threads.</summary>
internal static class Chunks
{
    /// <summary>The chunks, in order.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="size">The number of samples in a chunk; the last may have fewer.</param>
    public static (int First, int Count)[] Split(int count, int size)
        => [.. Enumerable.Range(0, (int)DivideUp(count, size)).Select(k => (k * size, Math.Min(size, count - (k * size))))];

    /// <summary>Divides whole numbers and rounds up.</summary>
    public static long DivideUp(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    /// <summary>The samples <c>[n, Size]</c> of a chunk.</summary>
    public static Span<T> Slice<T>(Span<T> samples, (int First, int Count) chunk, int size)
        => samples.Slice(chunk.First * size, chunk.Count * size);

    /// <summary>Does the work for 0 … count−1 on some threads; the first failure is thrown as it was.</summary>
    public static void ForEach(int count, int threads, Action<int> work, CancellationToken cancellationToken)
        => ForEach(count, threads, () => work, cancellationToken);

    /// <summary>The same where each thread has a worker of its own, whose memory goes from chunk to chunk.</summary>
    public static void ForEach(int count, int threads, Func<Action<int>> createWorker, CancellationToken cancellationToken)
    {
        int taken = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, Math.Min(count, threads), options, (_, loop) =>
            {
                Action<int> work = createWorker();
                for (int k = Interlocked.Increment(ref taken);
                     k <= count && !loop.ShouldExitCurrentIteration;
                     k = Interlocked.Increment(ref taken))
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
