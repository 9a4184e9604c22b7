using BenchmarkDotNet.Attributes;
using Diffusion.Sampling;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Benchmarks;

/// <summary>100,000 points with the default solver: the sampler's own workers against the threads of ONNX Runtime.</summary>
public class WorkerBenchmarks
{
    private const int Points = 100_000;
    private const int LargePiece = 8_192;

    private static readonly SamplingJob Job = new() { Count = Points };

    private readonly SessionOptions _twoThreads = new() { IntraOpNumThreads = 2 };
    private DiffusionSampler _sampler = null!;
    private DiffusionSampler _threaded = null!;

    [GlobalSetup]
    public void Load() => (_sampler, _threaded) = (Models.Load(), Models.Load(new ModelOptions { Session = _twoThreads }));

    [Benchmark(Baseline = true)]
    public void OneWorker() => _sampler.Sample(Job, new ExecutionOptions { Threads = 1 });

    [Benchmark]
    public void TwoWorkers() => _sampler.Sample(Job, new ExecutionOptions { Threads = 2 });

    [Benchmark]
    public void TwoThreadsOfOnnxRuntime() => _threaded.Sample(Job, new ExecutionOptions { Threads = 1, ChunkSize = LargePiece });

    [Benchmark]
    public void TwoThreadsOfOnnxRuntimeInOnePiece() => _threaded.Sample(Job, new ExecutionOptions { Threads = 1, ChunkSize = Points });

    [GlobalCleanup]
    public void Release()
    {
        _sampler.Dispose();
        _threaded.Dispose();
        _twoThreads.Dispose();
    }
}
