using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Randomness;
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
    private static readonly SamplerOptions Ancestral = new() { Solver = new Ddpm(), Steps = 10, Seed = 5 };

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
        StringAssert.StartsWith(Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(text, new ModelOptions { Name = "resource 7" })).Message, "'resource 7' is not an ONNX model");
        StringAssert.StartsWith(Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load([])).Message, "'the model' is not an ONNX model");
        using TemporaryFolder folder = new();
        string path = folder.Write("text.onnx", "not a model");
        StringAssert.StartsWith(Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(path, new ModelOptions { Name = "resource 7" })).Message, "'resource 7' is not an ONNX model");
        Assert.ThrowsExactly<ArgumentNullException>(() => DiffusionSampler.Load((byte[])null!));
    }

    [TestMethod]
    public void SessionOptionsOfTheCaller_AreUsed_AndRemainTheCallers()
    {
        using TemporaryFolder folder = new();
        using SessionOptions session = new() { OptimizedModelFilePath = folder["optimized.onnx"], LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
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
        Span<float> points = stackalloc float[200];
        sampler.Sample(points, Ancestral with { ChunkSize = 7 });
        CollectionAssert.AreEqual(sampler.Sample(100, Ancestral).Values.ToArray(), points.ToArray());
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(new float[3], Ancestral));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample([], Ancestral));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(33)]
    [DataRow(100)]
    [DataRow(1000)]
    public void Pieces_PutTogether_AreOneLargeRun(int size)
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        PointSet noise = sampler.Stream(100, new SamplerOptions { Seed = 8 }).First().Points;
        foreach (SamplerOptions options in new[] { Ancestral, Ancestral with { FirstSample = 40 }, Ancestral with { Noise = noise } })
        {
            PointSet[] pieces = [.. sampler.SamplePieces(100, options, size)];
            Assert.HasCount((100 + size - 1) / size, pieces);
            CollectionAssert.AreEqual(sampler.Sample(100, options).Values.ToArray(), pieces.SelectMany(piece => piece.Values.ToArray()).ToArray());
        }
    }

    [TestMethod]
    public void Pieces_MayBeMoreThanFitIntoMemory_AndCountTheirProgressTogether()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        LastReport last = new();
        const long Many = 100_000_000_000;
        Assert.AreEqual(10, sampler.SamplePieces(Many, Ancestral, 10, last).Skip(1).First().Count);
        Assert.AreEqual(new SamplingProgress(2 * 10 * 10, Many * 10), last.Value);
        Assert.ThrowsExactly<DiffusionException>(() => sampler.SamplePieces(0, Ancestral));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.SamplePieces(long.MaxValue, Ancestral));
    }

    [TestMethod]
    public async Task Frames_CanBeAwaited_OneByOne()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        List<Frame> frames = [];
        await foreach (Frame frame in sampler.StreamAsync(20, Ancestral))
        {
            frames.Add(frame);
        }

        CollectionAssert.AreEqual(
            sampler.Stream(20, Ancestral).SelectMany(frame => frame.Points.Values.ToArray()).ToArray(), frames.SelectMany(frame => frame.Points.Values.ToArray()).ToArray());
        Assert.ThrowsExactly<DiffusionException>(() => sampler.StreamAsync(0, Ancestral));
    }

    [TestMethod]
    public async Task AwaitedFrames_EndWhenTheyAreCancelled()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        using CancellationTokenSource source = new();
        int seen = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (Frame frame in sampler.StreamAsync(20, Ancestral).WithCancellation(source.Token))
            {
                seen++;
                source.Cancel();
            }
        });
        Assert.AreEqual(1, seen);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task AwaitedFrames_EndInTheMiddleOfOne_WhoeverCancelsThem(bool isAtTheLoop)
    {
        using CancellationTokenSource source = new();
        CancellingPredictor predictor = new(source);
        using DiffusionSampler sampler = new(predictor, MixturePredictor.Card);
        SamplerOptions options = Ancestral with { ChunkSize = 1, Threads = 1 };
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            IAsyncEnumerable<Frame> frames = sampler.StreamAsync(20, options, isAtTheLoop ? CancellationToken.None : source.Token);
            await foreach (Frame frame in isAtTheLoop ? frames.WithCancellation(source.Token) : frames.ConfigureAwait(false))
            {
                Assert.AreEqual(0, frame.Step);
            }
        });
        Assert.AreEqual(1, predictor.Calls);
    }

    /// <summary>With an odd dimension and few frequencies, the vectors of the network's kernels are not full for every number of points.</summary>
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
        float[] whole = sampler.Sample(301, Ancestral).Values.ToArray();
        foreach (int size in new[] { 1, 2, 3, 7, 50, 101 })
        {
            CollectionAssert.AreEqual(whole, sampler.Sample(301, Ancestral with { ChunkSize = size }).Values.ToArray(), $"chunks of {size}");
        }

        CollectionAssert.AreEqual(whole[..(101 * dimension)], sampler.Sample(101, Ancestral).Values.ToArray());

        float[] Draw(int count)
        {
            float[] values = new float[count];
            normal.Fill(stream++, 0, values);
            return Array.ConvertAll(values, value => value / 4);
        }
    }

    [TestMethod]
    public void ARaggedChunk_KeepsItsBuffersFromRowToRow()
    {
        using DiffusionSampler sampler = ShippedModels.Load("2gmm");
        SamplerOptions options = new() { Solver = new Ddim(), Steps = 40, ChunkSize = 64, Threads = 1 };
        _ = sampler.Stream(100, options).Last();
        long even = Allocated(128);
        long ragged = Allocated(100);
        Assert.IsLessThanOrEqualTo(even, ragged);

        long Allocated(int count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (Frame frame in sampler.Stream(count, options))
            {
                Assert.AreEqual(count, frame.Points.Count);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [TestMethod]
    public void TheFirstSample_IsCheckedForTheWholeRun()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SamplerOptions late = Ancestral with { FirstSample = (1L << 40) - 10 };
        Assert.AreEqual(10, sampler.Sample(10, late).Count);
        Assert.HasCount(5, sampler.SamplePieces(10, late, 2));
        StringAssert.StartsWith(Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(11, late)).Message, "The index of the first of 11 samples must be between 0 and");
        Assert.ThrowsExactly<DiffusionException>(() => sampler.SamplePieces(11, late, 2));
    }

    [TestMethod]
    public void ManyThreads_GetWhatOneThreadGets_FromOneSampler()
    {
        using DiffusionSampler sampler = ShippedModels.Load("radial_gmm");
        SamplerOptions[] requests = [.. Enumerable.Range(0, 16).Select(k => Ancestral with { Seed = (ulong)k, Threads = 1 + (k % 3), ChunkSize = 16 + k })];
        float[][] expected = [.. requests.Select((options, k) => sampler.Sample(20 + k, options with { Threads = 1 }).Values.ToArray())];
        Parallel.For(0, 640, new ParallelOptions { MaxDegreeOfParallelism = 64 }, k =>
            CollectionAssert.AreEqual(expected[k % 16], sampler.Sample(20 + (k % 16), requests[k % 16]).Values.ToArray()));
    }

    [TestMethod]
    [DataRow("dpm++3m", 1)]
    [DataRow("rk4", 100)]
    [DataRow("ddpm", 100)]
    public void Rows_AllocateNothing(string solver, int count)
    {
        const int Warm = 50;
        using DiffusionSampler sampler = ShippedModels.Load("2gmm");
        Tableau tableau = new SamplerOptions { Solver = KnownSolvers.Find(solver).Create(new SolverSettings()), Steps = 100 }.BuildTableau(sampler.Card.Schedule);
        PhiloxNormal normal = new(0, RandomDomain.Sampling);
        TableauExecutor<float> executor = new(tableau, new float[2 * count], sampler.Predictor.Predict, (row, z) => normal.Fill((uint)row, 0, z));
        for (int row = 0; row < Warm; row++)
        {
            executor.Advance();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        executor.Run();
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class CancellingPredictor(CancellationTokenSource source) : INoisePredictor
    {
        public int Calls { get; private set; }

        public int Dimension => MixturePredictor.Card.Data.Dimension;

        public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
        {
            Calls++;
            source.Cancel();
        }
    }

    private sealed class LastReport : IProgress<SamplingProgress>
    {
        public SamplingProgress Value { get; private set; }

        public void Report(SamplingProgress value) => Value = value;
    }
}
