using BenchmarkDotNet.Attributes;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Animation;
using Diffusion.Sampling;

namespace Diffusion.Benchmarks;

/// <summary>A GIF of 60 frames, 480 × 480 pixels, 1,000 points, with sampling and without.</summary>
public class AnimationBenchmarks
{
    private const int Points = 1_000;
    private const int Steps = 100;

    private DiffusionSampler _sampler = null!;
    private ReverseRun _run = null!;
    private AnimationOptions _options = null!;

    [GlobalSetup]
    public void Load()
    {
        _sampler = Models.Load();
        _run = Sampled();
        _options = new AnimationOptions { Title = "moons", Data = KnownDataSets.Find("moons").Draw(Points, seed: 0) };
    }

    [Benchmark(Baseline = true)]
    public void SampleAndDraw() => Write(Sampled());

    [Benchmark]
    public void DrawAlone() => Write(_run);

    [Benchmark]
    public void SampleAlone() => Sampled();

    [GlobalCleanup]
    public void Release() => _sampler.Dispose();

    private void Write(ReverseRun run)
    {
        using MemoryStream file = new();
        ReverseAnimation.WriteGif(file, [run], _options);
    }

    private ReverseRun Sampled()
    {
        SamplingPlan plan = _sampler.CreatePlan(steps: Steps);
        IReadOnlySet<int> shown = FrameChoice.Of(plan.Tableau);
        IEnumerable<Frame> frames = _sampler.Frames(new SamplingJob { Count = Points, Plan = plan });
        return new ReverseRun(plan.Caption, [.. frames.Where(frame => shown.Contains(frame.Step))]);
    }
}
