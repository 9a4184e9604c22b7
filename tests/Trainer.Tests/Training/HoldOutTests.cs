using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Time;
using Diffusion.Training;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Trainer.Tests.Training;

[TestClass]
public sealed class HoldOutTests
{
    private const int Most = 8_192;
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly EpsilonMlpOptions Network = new() { Dimension = 2, Width = 16, Depth = 1 };
    private static readonly DataInfo Info = new() { Name = "moons", Dimension = 2 };

    [TestMethod]
    public void TheLoss_IsThatOfAllPointsAtOnce_WhateverThePieces()
    {
        PointSet points = KnownDataSets.Find("moons").Draw(5_000, seed: 1);
        using EpsilonMlp network = new(Network, Schedule, seed: 1);
        using HoldOut holdOut = new(Info, points, Schedule, seed: 2);
        TrainingBatch batch = new(new FixedPoints(Info, points), Schedule, points.Count, ~2UL, isStratified: true);
        batch.Draw(0);
        using DisposeScope scope = NewDisposeScope();
        float expected = nn.functional.mse_loss(
            network.ForwardAt(tensor(batch.Noisy, [points.Count, 2]), tensor(batch.Indices)), tensor(batch.Epsilon, [points.Count, 2])).item<float>();
        Assert.AreEqual(expected, holdOut.LossOf(network), 1e-5);
    }

    /// <summary>Of ten million rows held out, the first few thousand say as much as all.</summary>
    [TestMethod]
    public void MorePoints_CostNoMore()
    {
        PointSet points = KnownDataSets.Find("moons").Draw(300_000, seed: 1);
        using EpsilonMlp network = new(Network, Schedule, seed: 1);
        using HoldOut all = new(Info, points, Schedule, seed: 2);
        using HoldOut some = new(Info, points.Slice(0, Most), Schedule, seed: 2);
        Assert.AreEqual(some.LossOf(network), all.LossOf(network));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        new HoldOut(Info, points, Schedule, seed: 2).Dispose();
        Assert.IsLessThan(10_000_000, GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
