using BenchmarkDotNet.Attributes;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;
using Diffusion.Training.Export;
using static TorchSharp.torch;

namespace Diffusion.Benchmarks;

/// <summary>The sampler against an eager loop over libtorch: the same weights, the same noise, 1,000 points.</summary>
public class TorchBenchmarks
{
    private const int Points = 1_000;

    /// <summary>Of the largest coordinate: float32 through 1,000 steps, and the first divisions are by √ᾱ = 0.006.</summary>
    private const double Tolerance = 1e-3;

    private EagerTorch _torch = null!;
    private DiffusionSampler _sampler = null!;
    private SampleBatch _noise = null!;
    private SamplingPlan _ddim = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    private ExecutionOptions Execution => new() { Threads = Threads, ChunkSize = Points / Threads };

    private SamplingJob Default => new() { Count = Points, Noise = _noise };

    private SamplingJob Ddim => Default with { Plan = _ddim };

    [GlobalSetup]
    public void Load()
    {
        set_num_threads(Threads);
        _torch = new EagerTorch();
        ModelCard card = new() { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = "noise", Dimension = 2 } };
        _sampler = DiffusionSampler.Load(ModelExport.Build(_torch.Network, card));
        _noise = _sampler.Stream(new SamplingJob { Count = Points }).First().Samples;
        _ddim = _sampler.CreatePlan(new Ddim(), NoiseSchedule.DefaultTrainTimesteps);
        PointSet ours = _sampler.Sample(Ddim, Execution);
        float[] theirs = _torch.Ddim(_noise.Values.ToArray());
        double difference = Enumerable.Range(0, theirs.Length).Max(i => Math.Abs((double)ours.Values[i] - theirs[i]));
        if (!(difference < Tolerance * theirs.Max(Math.Abs)))
        {
            throw new InvalidOperationException($"The two compute different points, by {difference}.");
        }
    }

    [Benchmark(Baseline = true)]
    public void TorchDdim() => _torch.Ddim(_noise.Values.ToArray());

    [Benchmark]
    public void SamplerDdim() => _sampler.Sample(Ddim, Execution);

    [Benchmark]
    public void TorchDdpm() => _torch.Ddpm(_noise.Values.ToArray());

    [Benchmark]
    public void TorchLabDdpm() => _torch.LabDdpm(_noise.Values.ToArray());

    [Benchmark]
    public void SamplerDefault() => _sampler.Sample(Default, Execution);

    [GlobalCleanup]
    public void Release()
    {
        _sampler.Dispose();
        _torch.Dispose();
    }
}
