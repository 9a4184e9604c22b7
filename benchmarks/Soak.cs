using System.Diagnostics;
using System.Globalization;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Benchmarks;

/// <summary>Many threads ask one sampler for all that it does for a while; every result is compared with that of one thread, and memory
/// is watched.</summary>
internal static class Soak
{
    private const int Threads = 64;
    private const int Requests = 32;
    private const int Reports = 12;

    /// <returns>Whether all results were equal.</returns>
    public static bool Run(TimeSpan duration)
    {
        using DiffusionSampler sampler = Models.Load();
        float[][] expected = [.. Enumerable.Range(0, Requests).Select(k => Answer(sampler, k, threads: 1))];
        long done = 0;
        long wrong = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(first => new Thread(() =>
        {
            for (int k = first; watch.Elapsed < duration; k++)
            {
                bool isRight = Answer(sampler, k % Requests, threads: 1 + (k % 3)).AsSpan().SequenceEqual(expected[k % Requests]);
                Interlocked.Increment(ref isRight ? ref done : ref wrong);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        for (int report = 1; report <= Reports; report++)
        {
            Thread.Sleep(duration / Reports);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{watch.Elapsed.TotalSeconds,6:0} s: {Interlocked.Read(ref done)} runs equal, {Interlocked.Read(ref wrong)} different; "
                    + $"resident {Environment.WorkingSet >> 20} MiB, managed {GC.GetGCMemoryInfo().HeapSizeBytes >> 20} MiB"));
        }

        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine($"{done} runs equal, {wrong} different");
        return wrong == 0;
    }

    /// <summary>One request of many kinds: points, the last frame of a run, the noise that points come from, or their likelihood.</summary>
    private static float[] Answer(DiffusionSampler sampler, int k, int threads)
    {
        SamplingPlan plan = sampler.CreatePlan(KnownSolvers.All[k % KnownSolvers.All.Count].Create(new SolverSettings()), 5 + k);
        SamplingJob job = new() { Count = 1 + (37 * k), Plan = plan, Seed = (ulong)k };
        ExecutionOptions execution = new() { Threads = threads, ChunkSize = 64 + (16 * k) };
        return (k % 8) switch
        {
            5 => sampler.Frames(job, execution).Last().Points.Values.ToArray(),
            6 => sampler.Encode(sampler.Sample(job, execution), plan, execution).Values.ToArray(),
            7 =>
            [
                .. sampler
                    .LogLikelihood(
                        sampler.Sample(job with { Count = job.Count / 10 }, execution),
                        new LikelihoodOptions { Steps = 5, Execution = new ExecutionOptions { Threads = threads } })
                    .Select(nats => (float)nats),
            ],
            _ => sampler.Sample(job, execution).Values.ToArray(),
        };
    }
}
