using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>
/// The estimated likelihood against the exact one, and against densities in closed form.
/// Memory is measured, so nothing else runs meanwhile.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class HutchinsonTests
{
    private const double Variance = 0.25;
    private const double Common = 2;

    [TestMethod]
    [DataRow(8)]
    [DataRow(32)]
    [DataRow(128)]
    public void InFiftyDimensions_TheEstimateIsAsFarFromTheExactValue_AsItsStandardErrorSays(int probes)
    {
        const int Count = 200;
        CorrelatedGaussian gaussian = new(50, Variance, Common);
        using DiffusionSampler sampler = new(gaussian, gaussian.Card);
        PointSet points = gaussian.Draw(Count, seed: 1);
        LikelihoodOptions options = new() { Steps = 20 };
        LikelihoodEstimate exact = sampler.EstimateLogLikelihood(points, options);
        LikelihoodEstimate estimate = sampler.EstimateLogLikelihood(points, options with { Probes = probes });
        Assert.AreEqual(0, exact.Probes);
        Assert.IsNull(exact.StandardErrors);
        Assert.AreEqual(probes, estimate.Probes);
        double[] errors = [.. estimate.LogLikelihoods.Zip(exact.LogLikelihoods, (found, right) => found - right)];
        double standardError = Math.Sqrt(estimate.StandardErrors!.Sum(error => error * error)) / Count;
        Assert.IsLessThan(4 * standardError, Math.Abs(errors.Average()));

        // The squared errors are those that the standard errors announce, and neither is zero.
        double ratio = errors.Sum(error => error * error) / estimate.StandardErrors!.Sum(error => error * error);
        Assert.IsTrue(ratio is > 0.7 and < 1.4, $"{ratio}");
        Assert.AreEqual(1.9 / Math.Sqrt(probes), estimate.StandardErrors!.Average(), 0.6 / Math.Sqrt(probes));
    }

    [TestMethod]
    [DataRow("moons")]
    [DataRow("circles")]
    public void OfATrainedModel_TheEstimateMeetsTheExactValue(string name)
    {
        const int Count = 300;
        using DiffusionSampler sampler = ShippedModels.Load(name);
        PointSet points = sampler.Sample(Count, seed: 5);
        LikelihoodEstimate estimate = sampler.EstimateLogLikelihood(points, new LikelihoodOptions { Probes = 64, Steps = 20 });
        double[] exact = sampler.LogLikelihood(points, new LikelihoodOptions { Steps = 20 });
        double difference = estimate.LogLikelihoods.Average() - exact.Average();
        double standardError = Math.Sqrt(estimate.StandardErrors!.Sum(error => error * error)) / Count;
        Assert.IsLessThan(4 * standardError, Math.Abs(difference));
        Assert.IsLessThan(0.05, standardError);
    }

    /// <summary>These overflowed before; the memory of the exact divergence is that of 8,193 places for each point.</summary>
    [TestMethod]
    [DataRow(3_000)]
    [DataRow(4_096)]
    public void InThousandsOfDimensions_TheDensityIsThatOfTheClosedForm_WithinLittleMemory(int dimension)
    {
        const int Count = 10;
        CorrelatedGaussian gaussian = new(dimension, Variance, Common);
        using DiffusionSampler sampler = new(gaussian, gaussian.Card);
        PointSet points = gaussian.Draw(Count, seed: 2);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        LikelihoodEstimate estimate = sampler.EstimateLogLikelihood(
            points, new LikelihoodOptions { Execution = new ExecutionOptions { Threads = 1 } });
        Assert.IsLessThan(64L << 20, GC.GetTotalAllocatedBytes(precise: true) - before);
        Assert.AreEqual(LikelihoodOptions.UsualProbes, estimate.Probes);
        for (int i = 0; i < Count; i++)
        {
            Assert.AreEqual(
                gaussian.LogDensity(points[i]), estimate.LogLikelihoods[i],
                (5 * estimate.StandardErrors![i]) + (1e-4 * dimension));
        }
    }

    /// <summary>However many points and places are asked for, a chunk stays within its bytes.</summary>
    [TestMethod]
    [DataRow(1, null, int.MaxValue, 1 << 18)]
    [DataRow(2, null, 128, 128)]
    [DataRow(64, null, 128, 128)]
    [DataRow(65, null, int.MaxValue, 512)]
    [DataRow(4_096, null, int.MaxValue, 8)]
    [DataRow(4_096, 256, int.MaxValue, 1)]
    public void Chunks_HaveAsManyPointsAsFit(int dimension, int? probes, int chunkSize, int most)
    {
        int chunk = new LikelihoodOptions { Probes = probes, Execution = new ExecutionOptions { ChunkSize = chunkSize } }
            .ChunkIn(dimension);
        Assert.IsTrue(chunk >= 1 && chunk <= most, $"{chunk}");
        Assert.AreEqual(chunkSize == 128, chunk == 128);
    }

    [TestMethod]
    public void TheEstimate_IsThatOfItsSeed_WhateverTheChunksAndThreads()
    {
        CorrelatedGaussian gaussian = new(5, Variance, Common);
        using DiffusionSampler sampler = new(gaussian, gaussian.Card);
        PointSet points = gaussian.Draw(40, seed: 3);
        LikelihoodOptions options = new() { Probes = 4, Steps = 8, Seed = 11 };
        double[] expected = sampler.LogLikelihood(points, options with { Execution = new ExecutionOptions { Threads = 1 } });
        CollectionAssert.AreEqual(
            expected, sampler.LogLikelihood(points, options with { Execution = new ExecutionOptions { ChunkSize = 1, Threads = 4 } }));
        CollectionAssert.AreEqual(
            expected, sampler.LogLikelihood(points, options with { Execution = new ExecutionOptions { ChunkSize = 7, Threads = 2 } }));
        CollectionAssert.AreNotEqual(expected, sampler.LogLikelihood(points, options with { Seed = 12 }));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(257)]
    public void Probes_OutOfRange_AreRefused(int probes)
    {
        using DiffusionSampler sampler = ShippedModels.Load("moons");
        Assert.AreEqual(
            $"The number of probes must be between 1 and 256; was {probes}.",
            Assert.ThrowsExactly<DiffusionException>(
                () => sampler.LogLikelihood(new PointSet([0, 0], 2), new LikelihoodOptions { Probes = probes })).Message);
    }

    [TestMethod]
    public void ASingleProbe_HasNoStandardError()
    {
        using DiffusionSampler sampler = ShippedModels.Load("moons");
        LikelihoodEstimate estimate = sampler.EstimateLogLikelihood(
            new PointSet([0, 0], 2), new LikelihoodOptions { Probes = 1, Steps = 5 });
        Assert.AreEqual(1, estimate.Probes);
        Assert.IsNull(estimate.StandardErrors);
    }
}
