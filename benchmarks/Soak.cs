using System.Diagnostics;
using System.Globalization;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Benchmarks;

/// <summary>Many threads sample from one sampler for a while; every result is compared with that of one thread, and memory is watched.</summary>
internal static class Soak
{
    private const int Threads = 64;
    private const int Requests = 32;
    private const int Reports = 12;

    /// <returns>Whether all results were equal.</returns>
    public static bool Run(TimeSpan duration)
    {
        using DiffusionSampler sampler = Models.Load();
        (int Count, SamplerOptions Options)[] requests = [.. Enumerable.Range(0, Requests).Select(Request)];
        float[][] expected = [.. requests.Select(request => sampler.Sample(request.Count, request.Options with { Threads = 1 }).Values.ToArray())];
        long done = 0;
        long wrong = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(first => new Thread(() =>
        {
            for (int k = first; watch.Elapsed < duration; k++)
            {
                (int count, SamplerOptions options) = requests[k % Requests];
                bool isRight = sampler.Sample(count, options).Values.SequenceEqual(expected[k % Requests]);
                Interlocked.Increment(ref isRight ? ref done : ref wrong);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        for (int report = 1; report <= Reports; report++)
        {
            Thread.Sleep(duration / Reports);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{watch.Elapsed.TotalSeconds,6:0} s: {Interlocked.Read(ref done)} runs equal, {Interlocked.Read(ref wrong)} different; resident {Environment.WorkingSet >> 20} MiB, managed {GC.GetGCMemoryInfo().HeapSizeBytes >> 20} MiB"));
        }

        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine($"{done} runs equal, {wrong} different");
        return wrong == 0;
    }

    private static (int Count, SamplerOptions Options) Request(int k) => (
        1 + (37 * k),
        new SamplerOptions
        {
            Solver = KnownSolvers.All[k % KnownSolvers.All.Count].Create(new SolverSettings()),
            Steps = 5 + k,
            Seed = (ulong)k,
            Threads = 1 + (k % 3),
            ChunkSize = 64 + (16 * k),
        });
}
