using Diffusion.Sampling;

namespace Diffusion.Tests.Sampling;

/// <summary>The threads and chunks that are chosen where a caller leaves them open.</summary>
[TestClass]
public sealed class ResolvedExecutionTests
{
    /// <summary>The default network for points, and the upper estimate for a U-Net of 400,000 weights on 28 × 28 pixels.</summary>
    private const long SmallNetwork = 37_378, LargeNetwork = 315_000_000;

    [TestMethod]
    [DataRow(SmallNetwork, 100_000, 2, 511)]
    [DataRow(SmallNetwork, 1_000, 2, 500)]
    [DataRow(SmallNetwork, 600, 2, 300)]
    [DataRow(SmallNetwork, 128, 2, 64)]
    [DataRow(SmallNetwork, 100, 2, 100)]
    [DataRow(SmallNetwork, 448, 16, 56)]
    [DataRow(SmallNetwork, 1, 2, 1)]
    [DataRow(LargeNetwork, 1, 16, 1)]
    [DataRow(LargeNetwork, 4, 2, 2)]
    [DataRow(LargeNetwork, 4, 16, 1)]
    [DataRow(LargeNetwork, 100, 2, 13)]
    [DataRow(LargeNetwork, 1_000, 1, 16)]
    [DataRow(0, 1_000, 2, 500)]
    public void Chunks_KeepAllThreadsAtWork_AndAreWorthTheirStart(long multiplyAdds, int count, int threads, int expected)
        => Assert.AreEqual(
            new ResolvedExecution(threads, expected),
            ResolvedExecution.For(new ExecutionOptions { Threads = threads }, count, new NetworkCost(multiplyAdds)));

    [TestMethod]
    public void WhatACallerChooses_IsKept()
        => Assert.AreEqual(
            new ResolvedExecution(3, 7),
            ResolvedExecution.For(new ExecutionOptions { Threads = 3, ChunkSize = 7 }, 1_000, new NetworkCost(LargeNetwork)));

    [TestMethod]
    public void ForAnyCost_TheThreadsHaveEqualShares_WhereASampleIsWorthAThread()
    {
        Random random = new(1);
        for (int k = 0; k < 10_000; k++)
        {
            int count = random.Next(1, 5_000), threads = random.Next(1, 65);
            NetworkCost cost = new(random.NextInt64(NetworkCost.WorthASample, 1L << 40));
            int size = ResolvedExecution.For(new ExecutionOptions { Threads = threads }, count, cost).ChunkSize;
            int chunks = (count + size - 1) / size;
            Assert.IsTrue(chunks >= Math.Min(count, threads) / 2.0, $"{count} samples, {threads} threads: {chunks} chunks of {size}");
            int rounds = (chunks + threads - 1) / threads;
            long share = (long)rounds * size;
            Assert.IsLessThanOrEqualTo((count / threads) + rounds + 1, share, $"{count} samples, {threads} threads: chunks of {size}");
        }
    }
}
