using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Tests.Sampling;

/// <summary>A convolutional network, one sample of which is worth sharing between threads.</summary>
[TestClass]
public sealed class LargeNetworkTests
{
    private const int Side = 32, Channels = 48, Kernel = 3, Count = 7;

    private static readonly ModelCard Card = new()
    {
        Schedule = NoiseSchedule.Linear(),
        Data = new DataInfo { Name = "pictures", Dimension = Side * Side, ImageLengths = [1, Side, Side] },
    };

    [TestMethod]
    public void Samples_AreTheSame_WhateverTheChunksAndThreads()
    {
        byte[] model = Network();
        using SessionOptions oneThread = new() { IntraOpNumThreads = 1 };
        using DiffusionSampler large = DiffusionSampler.Load(model);
        using DiffusionSampler plain = DiffusionSampler.Load(model, new ModelOptions { Session = oneThread });
        SamplingJob job = new() { Count = Count, Plan = large.CreatePlan(new Ddpm(), steps: 3), Seed = 5 };
        float[] expected = plain.Sample(job, new ExecutionOptions { Threads = 1, ChunkSize = Count }).Values.ToArray();
        CollectionAssert.AreEqual(expected, large.Sample(job).Values.ToArray());
        foreach (int size in new[] { 1, 2, 3, 5 })
        {
            ExecutionOptions execution = new() { ChunkSize = size, Threads = 3 };
            CollectionAssert.AreEqual(expected, large.Sample(job, execution).Values.ToArray(), $"chunks of {size}");
            CollectionAssert.AreEqual(expected, plain.Sample(job, execution).Values.ToArray(), $"chunks of {size}, one thread within");
        }
    }

    [TestMethod]
    public void FewerSamplesThanThreads_AreComputedWithThreadsWithin_ToTheSameBits()
    {
        using OnnxDenoiser network = OnnxDenoiser.FromBytes(Network(), "m");
        OnnxDenoiser shared = network.For(chunks: 1, threads: 2);
        Assert.AreNotSame(network, shared);
        Assert.AreSame(shared, network.For(chunks: 3, threads: 16));
        Assert.AreSame(network, network.For(chunks: 2, threads: 2));
        float[] x = [.. Enumerable.Range(0, Side * Side).Select(k => MathF.Sin(k))];
        (float[] expected, float[] found) = (new float[x.Length], new float[x.Length]);
        DenoiserCall call = new(x, Card.Schedule.At(123));
        network.Predict(call, expected);
        shared.Predict(call, found);
        CollectionAssert.AreEqual(expected, found);
        network.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => shared.Predict(new DenoiserCall(x, Card.Schedule.At(123)), found));
    }

    [TestMethod]
    public void ASmallNetwork_AndOneWithASessionOfTheCallers_AreComputedAsTheyAre()
    {
        using SessionOptions options = new();
        using OnnxDenoiser own = OnnxDenoiser.FromBytes(Network(), "m", options);
        using OnnxDenoiser moons = OnnxDenoiser.Load(ShippedModels.PathOf("moons"));
        Assert.AreSame(own, own.For(chunks: 1, threads: 2));
        Assert.AreSame(moons, moons.For(chunks: 1, threads: 2));
    }

    [TestMethod]
    public void TheCost_IsThatOfTheWeights_OnEveryPixel()
    {
        using OnnxDenoiser network = OnnxDenoiser.FromBytes(Network(), "m");
        double exact = Side * Side * Kernel * Kernel * ((Channels * Channels) + (2.0 * Channels));
        Assert.AreEqual(exact, network.Cost.MultiplyAdds, 0.2 * exact);
        Assert.IsTrue(network.Cost.IsLarge);
        using OnnxDenoiser moons = OnnxDenoiser.Load(ShippedModels.PathOf("moons"));
        Assert.AreEqual(37_378, moons.Cost.MultiplyAdds, 4_000);
        Assert.IsFalse(moons.Cost.IsLarge);
    }

    /// <summary>Three convolutions, with the timestep added between them.</summary>
    private static byte[] Network()
    {
        Random random = new(3);
        GraphBuilder graph = new("pictures");
        string x = graph.Input("sample", "n", 1, Side, Side);
        string t = graph.Apply("Div", graph.Input("timestep", "m"), graph.Scalar("T", Card.Schedule.TrainTimesteps));
        string hidden = graph.Apply("Sigmoid", graph.Apply("Add", Convolution(x, 1, Channels), t));
        string output = Convolution(graph.Apply("Sigmoid", Convolution(hidden, Channels, Channels)), Channels, 1);
        graph.Output(output, "out_sample", "n", 1, Side, Side);
        return graph.ToModel(Card.ToMetadata());

        string Convolution(string value, int from, int to)
        {
            float[] weights = [.. Enumerable.Range(0, to * from * Kernel * Kernel).Select(_ => (random.NextSingle() - 0.5f) / from)];
            string weight = graph.Constant($"w{from}.{to}", weights, to, from, Kernel, Kernel);
            return graph.Apply("Conv", [("pads", new long[] { 1, 1, 1, 1 })], value, weight);
        }
    }
}
