using BenchmarkDotNet.Attributes;
using Diffusion.Cards;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;

namespace Diffusion.Benchmarks;

/// <summary>The default solver compiled into the file, against the loop: 1,000 points on one thread, and loading.</summary>
public class CompiledBenchmarks
{
    private static readonly ExecutionOptions Execution = new() { Threads = 1 };

    private DiffusionSampler _sampler = null!;
    private CompiledSampler _compiled = null!;
    private byte[] _network = [];
    private byte[] _file = [];

    [Params(1_000, 1)]
    public int Points { get; set; }

    private SamplingJob Job => new() { Count = Points };

    [GlobalSetup]
    public void Load()
    {
        _network = File.ReadAllBytes(Models.Path);
        NetworkFile network = NetworkFile.Read(_network, Models.Path);
        ModelCard card = ModelCard.FromMetadata(network.Metadata, Models.Path);
        _file = SamplerCompiler.Compile(network, card, SamplingPlan.Create(card.Schedule));
        (_sampler, _compiled) = (DiffusionSampler.Load(_network), CompiledSampler.Load(_file));
    }

    [Benchmark(Baseline = true)]
    public void Loop() => _sampler.Sample(Job, Execution);

    [Benchmark]
    public void Compiled() => _compiled.Sample(Job, Execution);

    [Benchmark]
    public void LoadAndLoop()
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(_network);
        sampler.Sample(Job, Execution);
    }

    [Benchmark]
    public void LoadAndCompiled()
    {
        using CompiledSampler compiled = CompiledSampler.Load(_file);
        compiled.Sample(Job, Execution);
    }

    [GlobalCleanup]
    public void Release()
    {
        _sampler.Dispose();
        _compiled.Dispose();
    }
}
