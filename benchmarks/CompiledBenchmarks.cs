using BenchmarkDotNet.Attributes;
using Diffusion.Cards;
using Diffusion.Files.Models;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;

namespace Diffusion.Benchmarks;

/// <summary>The default solver compiled into the file, against the loop: 1,000 points on one thread, and loading.</summary>
public class CompiledBenchmarks
{
    private static readonly SamplerOptions Options = new() { Threads = 1 };

    private DiffusionSampler _sampler = null!;
    private CompiledSampler _compiled = null!;
    private byte[] _network = [];
    private byte[] _file = [];

    [Params(1_000, 1)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Load()
    {
        _network = File.ReadAllBytes(Models.Path);
        NetworkFile network = NetworkFile.Read(_network, Models.Path);
        ModelCard card = ModelCard.FromMetadata(network.Metadata, Models.Path);
        _file = SamplerCompiler.Compile(network, card, Options.BuildTableau(card.Schedule), new CompileOptions { Solver = Options.Solver.Name });
        (_sampler, _compiled) = (DiffusionSampler.Load(_network), CompiledSampler.Load(_file));
    }

    [Benchmark(Baseline = true)]
    public void Loop() => _sampler.Sample(Points, Options);

    [Benchmark]
    public void Compiled() => _compiled.Sample(Points, Options);

    [Benchmark]
    public void LoadAndLoop()
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(_network);
        sampler.Sample(Points, Options);
    }

    [Benchmark]
    public void LoadAndCompiled()
    {
        using CompiledSampler compiled = CompiledSampler.Load(_file);
        compiled.Sample(Points, Options);
    }

    [GlobalCleanup]
    public void Release()
    {
        _sampler.Dispose();
        _compiled.Dispose();
    }
}
