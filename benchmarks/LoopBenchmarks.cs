using BenchmarkDotNet.Attributes;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Benchmarks;

/// <summary>What the sampler adds to its network: 1,000 rows, one worker.</summary>
public class LoopBenchmarks
{
    private const int Rows = 1_000;
    private const int ChunkSize = 512;
    private static readonly ExecutionOptions Execution = new() { Threads = 1, ChunkSize = ChunkSize };

    private DiffusionSampler _sampler = null!;
    private BareSession _bare = null!;
    private BareSession _whole = null!;

    [Params(1_000, 1)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Load() => (_sampler, _bare, _whole) = (Models.Load(), new BareSession(Points, ChunkSize), new BareSession(Points, Points));

    [Benchmark(Baseline = true)]
    public void Network() => _bare.Run(Rows);

    [Benchmark]
    public void NetworkInOnePiece() => _whole.Run(Rows);

    [Benchmark]
    public void Ddim() => _sampler.Sample(JobFor(new Ddim()), Execution);

    [Benchmark]
    public void Ddpm() => _sampler.Sample(JobFor(new Ddpm()), Execution);

    [GlobalCleanup]
    public void Release()
    {
        _sampler.Dispose();
        _bare.Dispose();
        _whole.Dispose();
    }

    private SamplingJob JobFor(ISolver solver) => new() { Count = Points, Plan = _sampler.CreatePlan(solver, Rows) };
}
