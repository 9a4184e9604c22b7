using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Tests.Sampling;

/// <summary>What a program that embeds the sampler relies on.</summary>
[TestClass]
public sealed class EmbeddingTests
{
    private static readonly SamplingPlan Plan = SamplingPlan.Create(MixturePredictor.Card.Schedule, new Ddpm(), 10);

    [TestMethod]
    public void AModel_IsTheSame_FromAFileAStreamOrBytes()
    {
        string path = ShippedModels.PathOf("moons");
        using FileStream stream = File.OpenRead(path);
        using DiffusionSampler file = DiffusionSampler.Load(path);
        using DiffusionSampler streamed = DiffusionSampler.Load(stream);
        using DiffusionSampler bytes = DiffusionSampler.Load(File.ReadAllBytes(path));
        float[] expected = file.Sample(10).Values.ToArray();
        CollectionAssert.AreEqual(expected, streamed.Sample(10).Values.ToArray());
        CollectionAssert.AreEqual(expected, bytes.Sample(10).Values.ToArray());
        Assert.IsTrue(stream.CanRead);
    }

    [TestMethod]
    public void ABadModelInMemory_IsCalledByTheNameItWasGiven()
    {
        using MemoryStream text = new("not a model"u8.ToArray());
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(text, new ModelOptions { Name = "resource 7" })).Message,
            "'resource 7' is not an ONNX model");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load([])).Message, "'the model' is not an ONNX model");
        using TemporaryFolder folder = new();
        string path = folder.Write("text.onnx", "not a model");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(path, new ModelOptions { Name = "resource 7" })).Message,
            "'resource 7' is not an ONNX model");
        Assert.ThrowsExactly<ArgumentNullException>(() => DiffusionSampler.Load((byte[])null!));
    }

    [TestMethod]
    public void SessionOptionsOfTheCaller_AreUsed_AndRemainTheCallers()
    {
        using TemporaryFolder folder = new();
        using SessionOptions session = new()
        {
            OptimizedModelFilePath = folder["optimized.onnx"],
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using DiffusionSampler usual = ShippedModels.Load("moons");
        using (DiffusionSampler sampler = DiffusionSampler.Load(ShippedModels.PathOf("moons"), new ModelOptions { Session = session }))
        {
            CollectionAssert.AreEqual(usual.Sample(10).Values.ToArray(), sampler.Sample(10).Values.ToArray());
        }

        Assert.IsTrue(File.Exists(folder["optimized.onnx"]));
        session.IntraOpNumThreads = 1;
    }

    [TestMethod]
    public void Points_CanBeDrawnIntoMemoryOfTheCaller()
    {
        using DiffusionSampler sampler = ShippedModels.Load("circles");
        float[] points = new float[200];
        sampler.SampleInto(points, Ancestral(100), new ExecutionOptions { ChunkSize = 7 });
        CollectionAssert.AreEqual(sampler.Sample(Ancestral(100)).Values.ToArray(), points);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(199)]
    [DataRow(202)]
    public void MemoryOfAnotherLength_IsRefused(int length)
    {
        using DiffusionSampler network = ShippedModels.Load("circles");
        using CompiledSampler compiled = CompiledSampler.Load(CompiledNetwork.Bytes("circles", Plan));
        foreach (LocalSampler sampler in new LocalSampler[] { network, compiled })
        {
            string expected = $"The memory must have room for 200 values; has {length}.";
            Assert.AreEqual(
                expected, Assert.ThrowsExactly<DiffusionException>(() => sampler.SampleInto(new float[length], Ancestral(100))).Message);
            Assert.AreEqual(
                expected, Assert.ThrowsExactly<DiffusionException>(() => sampler.Run(Ancestral(100), new float[length])).Message);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(33)]
    [DataRow(100)]
    [DataRow(1000)]
    public void Pieces_PutTogether_AreOneLargeRun(int size)
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SampleBatch noise = sampler.Stream(new SamplingJob { Count = 100, Seed = 8 }).First().Samples;
        foreach (SamplingJob job in new[] { Ancestral(100), Ancestral(100) with { First = 40 }, Ancestral(100) with { Noise = noise } })
        {
            PointSet[] pieces = [.. sampler.SamplePieces(job, size)];
            Assert.HasCount((100 + size - 1) / size, pieces);
            CollectionAssert.AreEqual(sampler.Sample(job).Values.ToArray(), pieces.SelectMany(piece => piece.Values.ToArray()).ToArray());
        }
    }

    [TestMethod]
    public void Pieces_MayBeMoreThanFitIntoMemory_AndCountTheirProgressTogether()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        LastReport last = new();
        const long Many = 100_000_000_000;
        Assert.AreEqual(10, sampler.SamplePieces(Ancestral(Many), 10, progress: last).Skip(1).First().Count);
        Assert.AreEqual(new SamplingProgress(2 * 10 * 10, Many * 10), last.Value);
        Assert.ThrowsExactly<DiffusionException>(() => sampler.SamplePieces(Ancestral(0)));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.SamplePieces(Ancestral(long.MaxValue)));
    }

    /// <summary>
    /// With an odd dimension and few frequencies, the vectors of the network's kernels are not full for every number of points.
    /// </summary>
    [TestMethod]
    [DataRow(2, 1)]
    [DataRow(3, 1)]
    [DataRow(3, 3)]
    [DataRow(5, 4)]
    public void Points_DoNotDependOnTheChunkTheyAreIn_WhateverTheNetwork(int dimension, int frequencies)
    {
        const int Width = 17;
        ModelCard card = new() { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = "test", Dimension = dimension } };
        PhiloxNormal normal = new(11, RandomDomain.Weights);
        uint stream = 0;
        using DiffusionSampler sampler = DiffusionSampler.Load(SmallNetwork.Bytes(card, Width, frequencies, Draw));
        float[] whole = sampler.Sample(Ancestral(301)).Values.ToArray();
        foreach (int size in new[] { 1, 2, 3, 7, 50, 101 })
        {
            CollectionAssert.AreEqual(
                whole, sampler.Sample(Ancestral(301), new ExecutionOptions { ChunkSize = size }).Values.ToArray(), $"chunks of {size}");
        }

        CollectionAssert.AreEqual(whole[..(101 * dimension)], sampler.Sample(Ancestral(101)).Values.ToArray());

        float[] Draw(int count)
        {
            float[] values = new float[count];
            normal.Fill(stream++, 0, values);
            return Array.ConvertAll(values, value => value / 4);
        }
    }

    [TestMethod]
    public void TheFirstSample_IsCheckedForTheWholeRun()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SamplingJob late = Ancestral(10) with { First = (1L << 40) - 10 };
        Assert.AreEqual(10, sampler.Sample(late).Count);
        Assert.HasCount(5, sampler.SamplePieces(late, 2));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(late with { Count = 11 })).Message,
            "The index of the first of 11 samples must be between 0 and");
        Assert.ThrowsExactly<DiffusionException>(() => sampler.SamplePieces(late with { Count = 11 }, 2));
    }

    [TestMethod]
    public void ManyThreads_GetWhatOneThreadGets_FromOneSampler()
    {
        using DiffusionSampler sampler = ShippedModels.Load("radial_gmm");
        (SamplingJob Job, ExecutionOptions Execution)[] requests = [.. Enumerable.Range(0, 16).Select(k => (
            Ancestral(20 + k) with { Seed = (ulong)k }, new ExecutionOptions { Threads = 1 + (k % 3), ChunkSize = 16 + k }))];
        float[][] expected =
            [.. requests.Select(request => sampler.Sample(request.Job, request.Execution with { Threads = 1 }).Values.ToArray())];
        Parallel.For(0, 640, new ParallelOptions { MaxDegreeOfParallelism = 64 }, k =>
            CollectionAssert.AreEqual(expected[k % 16], sampler.Sample(requests[k % 16].Job, requests[k % 16].Execution).Values.ToArray()));
    }

    private static SamplingJob Ancestral(long count) => new() { Count = count, Plan = Plan, Seed = 5 };

    private sealed class LastReport : IProgress<SamplingProgress>
    {
        public SamplingProgress Value { get; private set; }

        public void Report(SamplingProgress value) => Value = value;
    }
}
