using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Points;
using Diffusion.Samples;
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
    private const int Side = 32, Channels = 48, Kernel = 3, Count = 7, Classes = 10, Embedding = 100;

    private static readonly ModelCard Card = new()
    {
        Schedule = NoiseSchedule.Linear(),
        Data = new DataInfo { Name = "pictures", Dimension = Side * Side, ImageLengths = [1, Side, Side] },
        Conditions = new ConditionSignature(Classes),
    };

    [TestMethod]
    public void Samples_AreTheSame_WhateverTheChunksAndThreads()
    {
        byte[] model = Network();
        using SessionOptions oneThread = new() { IntraOpNumThreads = 1 };
        using DiffusionSampler large = DiffusionSampler.Load(model);
        using DiffusionSampler plain = DiffusionSampler.Load(model, new ModelOptions { Session = oneThread });
        SamplingJob job = new()
        {
            Count = Count,
            Plan = large.CreatePlan(new Ddpm(), steps: 3),
            Seed = 5,
            Conditions = new ConditionBatch(Count) { Labels = Enumerable.Range(0, Count).Select(k => (long)k).ToArray() },
        };
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
        OnnxDenoiser shared = network.ForRun(chunks: 1, threads: 2);
        Assert.AreNotSame(network, shared);
        Assert.AreSame(shared, network.ForRun(chunks: 3, threads: 16));
        Assert.AreSame(network, network.ForRun(chunks: 2, threads: 2));
        float[] x = [.. Enumerable.Range(0, Side * Side).Select(k => MathF.Sin(k))];
        (float[] expected, float[] found) = (new float[x.Length], new float[x.Length]);
        DenoiserCall call = new(x, Card.Schedule.At(123), ConditionBatch.OfLabel(1, 4));
        network.Predict(call, expected);
        shared.Predict(call, found);
        CollectionAssert.AreEqual(expected, found);
        network.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(
            () => shared.Predict(new DenoiserCall(x, Card.Schedule.At(123), ConditionBatch.OfLabel(1, 4)), found));
    }

    [TestMethod]
    public void AReleasedNetwork_IsNotOpenedAgain()
    {
        OnnxDenoiser network = OnnxDenoiser.FromBytes(Network(), "m");
        network.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => network.ForRun(chunks: 1, threads: 2));
    }

    /// <summary>Nothing is computed from the labels of an earlier call.</summary>
    [TestMethod]
    public void ConditionsWithoutTheLabels_AreRefused()
    {
        using OnnxDenoiser network = OnnxDenoiser.FromBytes(Network(), "m");
        float[] x = new float[Side * Side];
        network.Predict(new DenoiserCall(x, Card.Schedule.At(5), ConditionBatch.OfLabel(1, 4)), new float[x.Length]);
        Assert.AreEqual(
            "The network takes 1 class labels for 1 samples; found 0.",
            Assert.ThrowsExactly<DiffusionException>(
                () => network.Predict(new DenoiserCall(x, Card.Schedule.At(5), new ConditionBatch(1)), new float[x.Length])).Message);
    }

    /// <summary>The way back is that of order 1: twice as many steps halve its error.</summary>
    [TestMethod]
    public void Encoding_FindsTheNoiseOfPictures()
    {
        using DiffusionSampler sampler = new(new StandardNormalPictures(), Card with { Conditions = default });
        PointSet points = sampler.Sample(3, seed: 8);
        double[] errors = [Error(250), Error(500), Error(1_000)];
        Assert.AreEqual(2, errors[0] / errors[1], 0.3, string.Join(", ", errors));
        Assert.AreEqual(2, errors[1] / errors[2], 0.3, string.Join(", ", errors));

        double Error(int steps)
        {
            SamplingPlan plan = sampler.CreatePlan(new Ddim(), steps);
            SampleBatch noise = sampler.Encode(points, plan);
            Assert.AreEqual(Card.Data.Shape, noise.Shape);
            float[] found = sampler.Sample(new SamplingJob { Count = 3, Noise = noise, Plan = plan }).Values.ToArray();
            return found.Zip(points.Values.ToArray(), (value, expected) => Math.Abs(value - expected)).Max();
        }
    }

    [TestMethod]
    public void ASmallNetwork_AndOneWithASessionOfTheCallers_AreComputedAsTheyAre()
    {
        using SessionOptions options = new();
        using OnnxDenoiser own = OnnxDenoiser.FromBytes(Network(), "m", options);
        using OnnxDenoiser moons = OnnxDenoiser.Load(ShippedModels.PathOf("moons"));
        Assert.AreSame(own, own.ForRun(chunks: 1, threads: 2));
        Assert.AreSame(moons, moons.ForRun(chunks: 1, threads: 2));
    }

    [TestMethod]
    public void TheCost_IsThatOfTheWeights_OnEveryPixel()
    {
        using OnnxDenoiser network = OnnxDenoiser.FromBytes(Network(), "m");
        double dense = Embedding * (Classes + 1.0 + Channels);
        double exact = Side * Side * ((Kernel * Kernel * ((Channels * Channels) + (2 * Channels))) + dense);
        Assert.AreEqual(exact, network.Cost.MultiplyAdds, 0.02 * exact);
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
        string table = graph.Constant("table", Draw((Classes + 1) * Embedding), Classes + 1, Embedding);
        string dense = graph.Constant("dense", Draw(Embedding * Channels), Embedding, Channels);
        string label = graph.Apply("MatMul", graph.Apply("Gather", table, graph.InputInt64("class_labels", "n")), dense);
        string condition = graph.Apply("Unsqueeze", label, graph.Constant("axes", [2L, 3], 2));
        string hidden = graph.Apply("Sigmoid", graph.Apply("Add", graph.Apply("Add", Convolution(x, 1, Channels), t), condition));
        string output = Convolution(graph.Apply("Sigmoid", Convolution(hidden, Channels, Channels)), Channels, 1);
        graph.Output(output, "out_sample", "n", 1, Side, Side);
        return graph.ToModel(Card.ToMetadata());

        string Convolution(string value, int from, int to)
        {
            string weight = graph.Constant($"w{from}.{to}", Draw(to * from * Kernel * Kernel, from), to, from, Kernel, Kernel);
            return graph.Apply("Conv", [("pads", new long[] { 1, 1, 1, 1 })], value, weight);
        }

        float[] Draw(int count, int divisor = 1)
            => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) / divisor)];
    }

    /// <summary>ε̂ of pictures from N(0, 1): √(1−ᾱ)·x.</summary>
    private sealed class StandardNormalPictures : IDenoiser
    {
        public DenoiserSignature Signature { get; } = new(Card.Data.Shape);

        public void Predict(in DenoiserCall input, Span<float> output)
        {
            for (int k = 0; k < output.Length; k++)
            {
                output[k] = (float)(input.Level.Noise * input.X[k]);
            }
        }
    }
}
