using BenchmarkDotNet.Attributes;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Training.Networks;

namespace Diffusion.Benchmarks;

/// <summary>What the sampler adds to its network: 1,000 rows, one worker.</summary>
public class LoopBenchmarks
{
    private const int Rows = 1_000;
    private static readonly SamplerOptions Options = new() { Steps = Rows, Threads = 1 };

    private DiffusionSampler _sampler = null!;
    private BareSession _bare = null!;
    private BareSession _whole = null!;

    [Params(1_000, 1)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Load() => (_sampler, _bare, _whole) = (Models.Load(), new BareSession(Points, Options.ChunkSize), new BareSession(Points, Points));

    [Benchmark(Baseline = true)]
    public void Network() => _bare.Run(Rows);

    [Benchmark]
    public void NetworkInOnePiece() => _whole.Run(Rows);

    [Benchmark]
    public void Ddim() => _sampler.Sample(Points, Options with { Solver = new Ddim() });

    [Benchmark]
    public void Ddpm() => _sampler.Sample(Points, Options with { Solver = new Ddpm() });

    [GlobalCleanup]
    public void Release()
    {
        _sampler.Dispose();
        _bare.Dispose();
        _whole.Dispose();
    }
}
