using BenchmarkDotNet.Attributes;
using Diffusion.Randomness;

namespace Diffusion.Benchmarks;

/// <summary>100 million standard normal numbers on one core, against filling the same memory with a constant.</summary>
public class NormalsBenchmarks
{
    private const int Numbers = 100_000_000;

    private readonly PhiloxNormal _normal = new(0, RandomDomain.Sampling);
    private float[] _memory = [];

    /// <summary>The length of an array: within the cache, and far beyond it.</summary>
    [Params(10_000, Numbers)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Allocate() => _memory = new float[Length];

    [Benchmark(Baseline = true)]
    public void Philox()
    {
        for (int k = 0; k < Numbers / Length; k++)
        {
            _normal.Fill((uint)k, 0, _memory);
        }
    }

    [Benchmark]
    public void Constant()
    {
        for (int k = 0; k < Numbers / Length; k++)
        {
            _memory.AsSpan().Fill(k);
        }
    }
}
