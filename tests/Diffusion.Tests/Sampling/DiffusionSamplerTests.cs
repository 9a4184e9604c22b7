using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

[TestClass]
public sealed class DiffusionSamplerTests
{
    private static readonly SamplerOptions Ancestral = new() { Solver = new Ddpm(), Steps = 20, Seed = 11 };

    public static IEnumerable<object[]> Models => ShippedModels.Names.Select(name => new object[] { name });

    [TestMethod]
    public void FirstHundredOfAThousand_EqualARunOfAHundred_ForAnyChunkSizeAndThreadCount()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        float[] whole = sampler.Sample(1_000, Ancestral).Values[..200].ToArray();
        foreach (int chunk in new[] { 1, 3, 7, 64, 100, 1000 })
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                float[] part = sampler.Sample(100, Ancestral with { ChunkSize = chunk, Threads = threads }).Values.ToArray();
                CollectionAssert.AreEqual(whole, part, $"chunks of {chunk}, {threads} threads");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Network_GivesTheSameBytes_ForAnyChunkSize(string name)
    {
        using DiffusionSampler sampler = ShippedModels.Load(name);
        float[] whole = sampler.Sample(1_000, Ancestral).Values[..200].ToArray();
        foreach (int chunk in new[] { 1, 2, 3, 5, 7, 16, 33, 64, 100 })
        {
            CollectionAssert.AreEqual(whole, sampler.Sample(100, Ancestral with { ChunkSize = chunk }).Values.ToArray(), $"chunks of {chunk}");
        }
    }

    [TestMethod]
    public void AnyRangeOfSamples_CanBeHadAlone()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        float[] whole = sampler.Sample(300, Ancestral).Values.ToArray();
        CollectionAssert.AreEqual(whole[274..400], sampler.Sample(63, Ancestral with { FirstSample = 137 }).Values.ToArray());
    }

    [TestMethod]
    public void Stream_ShowsThePriorAndEveryStep_AndEndsInTheSamples()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SamplerOptions options = Ancestral with { ChunkSize = 70 };
        Frame[] frames = [.. sampler.Stream(200, options)];
        Assert.HasCount(21, frames);
        Assert.AreEqual(999, frames[0].Timestep);
        Assert.AreEqual(NoiseSchedule.CleanIndex, frames[^1].Timestep);
        Assert.AreEqual(1, frames[^1].AlphaBar);
        CollectionAssert.AreEqual(Enumerable.Range(0, 21).ToArray(), frames.Select(frame => frame.Step).ToArray());
        CollectionAssert.AreEqual(sampler.Sample(200, Ancestral).Values.ToArray(), frames[^1].Points.Values.ToArray());
    }

    [TestMethod]
    public void GivenNoise_IsWhereSamplingStarts()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        PointSet noise = sampler.Stream(50, new SamplerOptions { Seed = 4 }).First().Points;
        SamplerOptions options = new() { Seed = 99, Noise = noise };
        CollectionAssert.AreEqual(sampler.Sample(50, seed: 4).Values.ToArray(), sampler.Sample(50, options).Values.ToArray());
    }

    [TestMethod]
    public void Samples_AreInTheUnitsOfTheData()
    {
        ModelCard scaled = MixturePredictor.Card with { Data = MixturePredictor.Card.Data with { Shift = [10, -20], Scale = [2, 0.5], Columns = ["a", "b"] } };
        using DiffusionSampler plain = new(new MixturePredictor(), MixturePredictor.Card);
        using DiffusionSampler sampler = new(new MixturePredictor(), scaled);
        PointSet expected = plain.Sample(10, seed: 1);
        PointSet actual = sampler.Sample(10, seed: 1);
        for (int i = 0; i < 10; i++)
        {
            Assert.AreEqual((2 * expected[i][0]) + 10, actual[i][0], 1e-5);
            Assert.AreEqual((0.5 * expected[i][1]) - 20, actual[i][1], 1e-5);
        }

        CollectionAssert.AreEqual(new[] { "a", "b" }, actual.Columns!.ToArray());
    }

    /// <summary>Initial noise is in the units of the network, frames in those of the data: the prior of a standardised model is N(shift, scale²).</summary>
    [TestMethod]
    public void Frames_AreInTheUnitsOfTheData_AndNoiseInThoseOfTheNetwork()
    {
        ModelCard scaled = MixturePredictor.Card with { Data = MixturePredictor.Card.Data with { Shift = [10, -20], Scale = [2, 0.5] } };
        using DiffusionSampler sampler = new(new MixturePredictor(), scaled);
        PointSet noise = new([1, -1, 0, 3], 2);
        SamplerOptions options = new() { Noise = noise };
        Frame[] frames = [.. sampler.Stream(2, options)];
        CollectionAssert.AreEqual(new float[] { 12, -20.5f, 10, -18.5f }, frames[0].Points.Values.ToArray());
        CollectionAssert.AreEqual(sampler.Sample(2, options).Values.ToArray(), frames[^1].Points.Values.ToArray());
    }

    [TestMethod]
    public void AFailingPredictor_IsHeardAsItIs_FromManyThreads()
    {
        using DiffusionSampler sampler = new(new Failing(), MixturePredictor.Card);
        SamplerOptions options = new() { ChunkSize = 1, Threads = 4 };
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(100, options));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Stream(100, options).Last());
    }

    [TestMethod]
    public void ACardThatAsksForClipping_IsObeyed_UnlessOptionsSayOtherwise()
    {
        using DiffusionSampler plain = new(new MixturePredictor(), MixturePredictor.Card);
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card with { ClipSample = 1.5 });
        SamplerOptions half = new() { Clipping = new ClippingOptions { Bound = 0.5 } };
        CollectionAssert.AreEqual(
            plain.Sample(100, new SamplerOptions { Clipping = new ClippingOptions { Bound = 1.5 } }).Values.ToArray(), sampler.Sample(100).Values.ToArray());
        CollectionAssert.AreEqual(plain.Sample(100, half).Values.ToArray(), sampler.Sample(100, half).Values.ToArray());
    }

    [TestMethod]
    public void Encoding_FindsTheNoiseThatSamplesCameFrom_InTheUnitsOfTheData()
    {
        ModelCard scaled = MixturePredictor.Card with { Data = MixturePredictor.Card.Data with { Shift = [10, -20], Scale = [2, 0.5] } };
        using DiffusionSampler sampler = new(new MixturePredictor(), scaled);
        SamplerOptions options = new() { Solver = new Ddim(), Steps = 400, Seed = 3 };
        PointSet samples = sampler.Sample(50, options);
        PointSet noise = sampler.Encode(samples, options);
        PointSet again = sampler.Sample(50, options with { Noise = noise });
        for (int i = 0; i < 50; i++)
        {
            Assert.AreEqual(samples[i][0], again[i][0], 0.1);
            Assert.AreEqual(samples[i][1], again[i][1], 0.025);
        }

        CollectionAssert.AreEqual(
            sampler.Encode(samples, new SamplerOptions { Solver = new Ddim() }).Values.ToArray(), sampler.Encode(samples, new SamplerOptions()).Values.ToArray());
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Encode(samples, options with { Noise = samples }));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Encode(new PointSet([1, 2, 3], 3), options));
    }

    [TestMethod]
    public void Progress_CountsEveryEvaluation()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        Recorder recorder = new();
        sampler.Sample(100, Ancestral with { ChunkSize = 30 }, recorder);
        Assert.HasCount(4 * 20, recorder.Reports);
        Assert.AreEqual(100 * 20, recorder.Reports.Max(report => report.Done));
        Assert.IsTrue(recorder.Reports.All(report => report.Total == 100 * 20));
    }

    [TestMethod]
    public void Cancellation_EndsARun()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        using CancellationTokenSource source = new();
        Recorder recorder = new(() => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => sampler.Sample(100, Ancestral with { ChunkSize = 10, Threads = 1 }, recorder, source.Token));
        Assert.HasCount(1, recorder.Reports);
        Assert.Throws<OperationCanceledException>(() => sampler.Stream(10, Ancestral, source.Token).Last());
    }

    [TestMethod]
    public void OptionsOutOfRange_AreRefused()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        PointSet noise = new(new float[6], 2);
        Action[] wrong =
        [
            () => sampler.Sample(0),
            () => sampler.Sample(-1),
            () => sampler.Sample(10, Ancestral with { ChunkSize = 0 }),
            () => sampler.Sample(10, Ancestral with { Threads = 0 }),
            () => sampler.Sample(10, Ancestral with { FirstSample = -1 }),
            () => sampler.Sample(10, Ancestral with { Steps = 0 }),
            () => sampler.Sample(10, Ancestral with { Steps = 1001 }),
            () => sampler.Sample(10, Ancestral with { Timesteps = [1, 0] }),
            () => sampler.Sample(10, Ancestral with { Steps = null, Timesteps = [0, 1] }),
            () => sampler.Sample(10, Ancestral with { Noise = noise }),
            () => sampler.Sample(10, Ancestral with { Clipping = new ClippingOptions { Bound = 0 } }),
            () => sampler.Sample(10, Ancestral with { Clipping = new ClippingOptions { Bound = 1, Percentile = 2 } }),
            () => sampler.Stream(0, Ancestral),
        ];
        foreach (Action action in wrong)
        {
            Assert.ThrowsExactly<DiffusionException>(action);
        }
    }

    [TestMethod]
    public void CardsThatDoNotFit_AreRefused()
    {
        ModelCard card = MixturePredictor.Card;
        Assert.ThrowsExactly<DiffusionException>(() => new DiffusionSampler(new MixturePredictor(), card with { Data = card.Data with { Dimension = 3 } }));
    }

    private sealed class Failing : INoisePredictor
    {
        public int Dimension => 2;

        public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon) => throw new DiffusionException("no");
    }

    private sealed class Recorder(Action? onReport = null) : IProgress<SamplingProgress>
    {
        private readonly List<SamplingProgress> _reports = [];

        public IReadOnlyList<SamplingProgress> Reports => _reports;

        public void Report(SamplingProgress value)
        {
            lock (_reports)
            {
                _reports.Add(value);
            }

            onReport?.Invoke();
        }
    }
}
