using System.Diagnostics;
using System.Diagnostics.Metrics;
using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
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

    [TestMethod]
    public void ARun_IsSeenByWhoeverTracesIt()
    {
        List<Activity> activities = [];
        Dictionary<string, long> counts = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Diffusion.Sampler",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using MeterListener meters = new() { InstrumentPublished = (instrument, meter) => { if (instrument.Meter.Name == "Diffusion.Sampler") { meter.EnableMeasurementEvents(instrument); } } };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (counts)
            {
                counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
            }
        });
        meters.Start();
        const int Unusual = 123;
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        sampler.Sample(Unusual, Ancestral);

        // Other tests sample at the same time: this run is one among those that are seen.
        lock (activities)
        {
            Assert.IsTrue(activities.Any(activity => activity.OperationName == "diffusion.sample"
                && Equals(activity.GetTagItem("diffusion.points"), Unusual) && Equals(activity.GetTagItem("diffusion.rows"), 10) && Equals(activity.GetTagItem("diffusion.solver"), "ddpm")));
        }

        lock (counts)
        {
            Assert.IsGreaterThanOrEqualTo(Unusual, counts["diffusion.points"]);
            Assert.IsGreaterThanOrEqualTo(10 * Unusual, counts["diffusion.evaluations"]);
        }
    }

    private sealed class LastReport : IProgress<SamplingProgress>
    {
        public SamplingProgress Value { get; private set; }

        public void Report(SamplingProgress value) => Value = value;
    }
}
