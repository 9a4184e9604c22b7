using BenchmarkDotNet.Attributes;
using Diffusion.Points;
using Diffusion.Rendering.Animation;
using Diffusion.Sampling;

namespace Diffusion.Benchmarks;

/// <summary>A GIF of 60 frames, 480 × 480 pixels, 1,000 points, sampling included.</summary>
public class AnimationBenchmarks
{
    private const int Points = 1_000;
    private const int Steps = 100;

    private DiffusionSampler _sampler = null!;

    [GlobalSetup]
    public void Load() => _sampler = Models.Load();

    [Benchmark(Baseline = true)]
    public void SampleAndDraw()
    {
        using MemoryStream file = new();
        ReverseAnimation.WriteGif(file, Sampled(), new AnimationOptions { Title = "moons", Caption = "dpm++3m, 100 steps" });
    }

    [Benchmark]
    public void SampleAlone() => Sampled();

    [GlobalCleanup]
    public void Release() => _sampler.Dispose();

    private List<Frame> Sampled()
    {
        IReadOnlySet<int> shown = FrameChoice.Closing(Steps);
        return [.. _sampler.Stream(Points, new SamplerOptions { Steps = Steps }).Where(frame => shown.Contains(frame.Step))];
    }
}
