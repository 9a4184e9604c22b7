using BenchmarkDotNet.Attributes;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;
using Diffusion.Training.Export;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Benchmarks;

/// <summary>Some small images in 4 steps: the threads and chunks that are chosen, against others.</summary>
public class ExecutionBenchmarks
{
    private const int Steps = 4;

    private readonly SessionOptions _oneThread = new() { IntraOpNumThreads = 1 };
    private readonly SessionOptions _manyThreads = new() { IntraOpNumThreads = Environment.ProcessorCount };
    private DiffusionSampler _chosen = null!;
    private DiffusionSampler _oneThreadWithin = null!;
    private DiffusionSampler _threadsWithin = null!;
    private SamplingJob _job = null!;

    [Params(1, 2, 4, 16, 64)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Load()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        using SmallUNet network = new(schedule);
        DataInfo data = new() { Name = "images", Dimension = network.Signature.Shape.Size, ImageLengths = network.Signature.Shape.Lengths };
        ModelCard card = new() { Schedule = schedule, Data = data, Conditions = network.Signature.Conditions };
        byte[] model = ModelExport.Build(network, card);
        _chosen = DiffusionSampler.Load(model);
        _oneThreadWithin = DiffusionSampler.Load(model, new ModelOptions { Session = _oneThread });
        _threadsWithin = DiffusionSampler.Load(model, new ModelOptions { Session = _manyThreads });
        _job = new SamplingJob
        {
            Count = Count, Plan = _chosen.CreatePlan(new Ddim(), Steps), Conditions = ConditionBatch.OfLabel(Count, 0),
        };
    }

    [Benchmark(Baseline = true)]
    public void Chosen() => _chosen.Sample(_job);

    [Benchmark]
    public void WorkersOnly() => _oneThreadWithin.Sample(_job);

    [Benchmark]
    public void OneWorkerWithThreadsWithin() => _threadsWithin.Sample(_job, new ExecutionOptions { Threads = 1, ChunkSize = Count });

    [Benchmark]
    public void OneThread() => _oneThreadWithin.Sample(_job, new ExecutionOptions { Threads = 1, ChunkSize = Count });

    [GlobalCleanup]
    public void Release()
    {
        _chosen.Dispose();
        _oneThreadWithin.Dispose();
        _threadsWithin.Dispose();
        _oneThread.Dispose();
        _manyThreads.Dispose();
    }
}
