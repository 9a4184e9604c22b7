using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Training.Tests.Training;

[TestClass]
public sealed class HoldOutTests
{
    private const int Most = 8_192;
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();
    private static readonly EpsilonMlpOptions Network = new() { Dimension = 2, Width = 16, Depth = 1 };
    private static readonly Objective Plain = new();

    [TestMethod]
    public void TheLoss_IsThatOfAllPointsAtOnce_WhateverThePieces()
    {
        PointSet points = KnownDataSets.Find("moons").Draw(5_000, seed: 1);
        using EpsilonMlp network = new(Network, Schedule, seed: 1);
        using LevelTable levels = new(network, Schedule.TrainTimesteps);
        HoldOut holdOut = new(new FixedSamples(points), network.Signature, Schedule, Plain, seed: 2);
        TrainingBatch batch = new(new FixedSamples(points), network.Signature, Schedule, Plain, points.Count, ~2UL);
        batch.Draw(0);
        using DisposeScope scope = NewDisposeScope();
        Tensor timesteps = tensor(Array.ConvertAll(batch.Indices, index => (float)index));
        Tensor predicted = network.Predict(tensor(batch.Noisy, [points.Count, 2]), network.Level(timesteps));
        float expected = nn.functional.mse_loss(predicted, tensor(batch.Epsilon, [points.Count, 2])).item<float>();
        Assert.AreEqual(expected, holdOut.LossOf(network, levels), 1e-5);
    }

    /// <summary>Of ten million rows held out, a few thousand at random say as much as all.</summary>
    [TestMethod]
    public void MorePoints_CostNoMore()
    {
        FixedSamples points = new(KnownDataSets.Find("moons").Draw(300_000, seed: 1));
        using EpsilonMlp network = new(Network, Schedule, seed: 1);
        using LevelTable levels = new(network, Schedule.TrainTimesteps);
        TrainingBatch most = new(points, network.Signature, Schedule, Plain, Most, ~2UL);
        most.Draw(0);
        using DisposeScope scope = NewDisposeScope();
        float expected = network.LossOf(most.ToTensors(0, Most), levels).item<float>();
        Assert.AreEqual(expected, new HoldOut(points, network.Signature, Schedule, Plain, seed: 2).LossOf(network, levels), 1e-5);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        _ = new HoldOut(points, network.Signature, Schedule, Plain, seed: 2);
        Assert.IsLessThan(10_000_000, GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
