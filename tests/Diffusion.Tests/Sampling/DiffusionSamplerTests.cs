using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

[TestClass]
public sealed class DiffusionSamplerTests
{
    private static readonly SamplingPlan Plan = SamplingPlan.Create(MixturePredictor.Card.Schedule, new Ddpm(), 20);

    public static IEnumerable<object[]> Models => ShippedModels.Names.Select(name => new object[] { name });

    [TestMethod]
    public void FirstHundredOfAThousand_EqualARunOfAHundred_ForAnyChunkSizeAndThreadCount()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        float[] whole = sampler.Sample(Ancestral(1_000)).Values[..200].ToArray();
        foreach (int chunk in new[] { 1, 3, 7, 64, 100, 1000 })
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                float[] part = sampler.Sample(
                    Ancestral(100), new ExecutionOptions { ChunkSize = chunk, Threads = threads }).Values.ToArray();
                CollectionAssert.AreEqual(whole, part, $"chunks of {chunk}, {threads} threads");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Network_GivesTheSameBytes_ForAnyChunkSize(string name)
    {
        using DiffusionSampler sampler = ShippedModels.Load(name);
        float[] whole = sampler.Sample(Ancestral(1_000)).Values[..200].ToArray();
        foreach (int chunk in new[] { 1, 2, 3, 5, 7, 16, 33, 64, 100 })
        {
            CollectionAssert.AreEqual(
                whole, sampler.Sample(Ancestral(100), new ExecutionOptions { ChunkSize = chunk }).Values.ToArray(), $"chunks of {chunk}");
        }
    }

    [TestMethod]
    public void AnyRangeOfSamples_CanBeHadAlone()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        float[] whole = sampler.Sample(Ancestral(300)).Values.ToArray();
        CollectionAssert.AreEqual(whole[274..400], sampler.Sample(Ancestral(63) with { First = 137 }).Values.ToArray());
    }

    [TestMethod]
    public void Frames_ShowThePriorAndEveryStep_AndEndInTheSamples()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        Frame[] frames = [.. sampler.Frames(Ancestral(200), new ExecutionOptions { ChunkSize = 70 })];
        Assert.HasCount(21, frames);
        Assert.AreEqual(sampler.Card.Schedule.At(999), frames[0].Level);
        Assert.AreEqual(NoiseSchedule.CleanIndex, frames[^1].Level.Timestep);
        Assert.AreEqual(1, frames[^1].Level.AlphaBar);
        CollectionAssert.AreEqual(Enumerable.Range(0, 21).ToArray(), frames.Select(frame => frame.Step).ToArray());
        CollectionAssert.AreEqual(sampler.Sample(Ancestral(200)).Values.ToArray(), frames[^1].Points.Values.ToArray());
    }

    [TestMethod]
    public void GivenNoise_IsWhereSamplingStarts()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SampleBatch noise = sampler.Stream(new SamplingJob { Count = 50, Seed = 4 }).First().Samples;
        SamplingJob job = new() { Count = 50, Seed = 99, Noise = noise };
        CollectionAssert.AreEqual(sampler.Sample(50, seed: 4).Values.ToArray(), sampler.Sample(job).Values.ToArray());
    }

    [TestMethod]
    public void Samples_AreInTheUnitsOfTheData()
    {
        ModelCard scaled = MixturePredictor.Card with
        {
            Data = MixturePredictor.Card.Data with { Shift = [10, -20], Scale = [2, 0.5], Columns = ["a", "b"] },
        };
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

    /// <summary>
    /// Initial noise is in the units of the network, frames in those of the data: the prior of a standardised model is N(shift, scale²).
    /// </summary>
    [TestMethod]
    public void Frames_AreInTheUnitsOfTheData_AndNoiseInThoseOfTheNetwork()
    {
        ModelCard scaled = MixturePredictor.Card with { Data = MixturePredictor.Card.Data with { Shift = [10, -20], Scale = [2, 0.5] } };
        using DiffusionSampler sampler = new(new MixturePredictor(), scaled);
        SampleBatch noise = new(new float[] { 1, -1, 0, 3 }, SampleShape.Vector(2));
        SamplingJob job = new() { Count = 2, Noise = noise };
        Frame[] frames = [.. sampler.Frames(job)];
        CollectionAssert.AreEqual(new float[] { 12, -20.5f, 10, -18.5f }, frames[0].Points.Values.ToArray());
        CollectionAssert.AreEqual(sampler.Sample(job).Values.ToArray(), frames[^1].Points.Values.ToArray());
    }

    [TestMethod]
    public void AFailingNetwork_IsHeardAsItIs_FromManyThreads()
    {
        using DiffusionSampler sampler = new(new ClosedForm(2, (_, _, _) => throw new DiffusionException("no")), MixturePredictor.Card);
        SamplingJob job = new() { Count = 100 };
        ExecutionOptions execution = new() { ChunkSize = 1, Threads = 4 };
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(job, execution));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Frames(job, execution).Last());
    }

    [TestMethod]
    public void ACardThatAsksForClipping_IsObeyed_UnlessTheJobSaysOtherwise()
    {
        using DiffusionSampler plain = new(new MixturePredictor(), MixturePredictor.Card);
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card with { ClipSample = 1.5 });
        SamplingJob half = new() { Count = 100, Clipping = new ClippingOptions { Bound = 0.5 } };
        CollectionAssert.AreEqual(
            plain.Sample(half with { Clipping = new ClippingOptions { Bound = 1.5 } }).Values.ToArray(),
            sampler.Sample(100).Values.ToArray());
        CollectionAssert.AreEqual(plain.Sample(half).Values.ToArray(), sampler.Sample(half).Values.ToArray());
    }

    [TestMethod]
    public void Progress_CountsEveryEvaluation()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        Recorder recorder = new();
        sampler.Sample(Ancestral(100), new ExecutionOptions { ChunkSize = 30 }, recorder);
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
        Assert.Throws<OperationCanceledException>(
            () => sampler.Sample(Ancestral(100), new ExecutionOptions { ChunkSize = 10, Threads = 1 }, recorder, source.Token));
        Assert.HasCount(1, recorder.Reports);
        Assert.Throws<OperationCanceledException>(() => sampler.Frames(Ancestral(10), cancellationToken: source.Token).Last());
    }

    [TestMethod]
    public void WhatIsOutOfRange_IsRefused()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SampleBatch noise = new(new float[6], SampleShape.Vector(2));
        NoiseSchedule schedule = sampler.Card.Schedule;
        Action[] wrong =
        [
            () => sampler.Sample(0),
            () => sampler.Sample(-1),
            () => sampler.Sample(Ancestral(10), new ExecutionOptions { ChunkSize = 0 }),
            () => sampler.Sample(Ancestral(10), new ExecutionOptions { Threads = 0 }),
            () => sampler.Sample(Ancestral(10) with { First = -1 }),
            () => sampler.CreatePlan(new Ddpm(), 0),
            () => sampler.CreatePlan(new Ddpm(), 1001),
            () => SamplingPlan.At(schedule, new Ddpm(), [0, 1]),
            () => sampler.Sample(Ancestral(10) with { Noise = noise }),
            () => sampler.Sample(Ancestral(3) with { Noise = new SampleBatch(new float[9], SampleShape.Vector(3)) }),
            () => sampler.Sample(Ancestral(10) with { Clipping = new ClippingOptions { Bound = 0 } }),
            () => sampler.Sample(Ancestral(10) with { Clipping = new ClippingOptions { Bound = 1, Percentile = 2 } }),
            () => sampler.Frames(Ancestral(0)),
            () => sampler.Stream(Ancestral(0)),
        ];
        foreach (Action action in wrong)
        {
            Assert.ThrowsExactly<DiffusionException>(action);
        }
    }

    [TestMethod]
    public void ACardOfAnotherNetwork_IsRefused()
    {
        ModelCard wrong = MixturePredictor.Card with { Prediction = PredictionType.Sample };
        DiffusionException refusal = Assert.ThrowsExactly<DiffusionException>(() => new DiffusionSampler(new MixturePredictor(), wrong));
        Assert.AreEqual("'the model' predicts Epsilon, but its model card says Sample.", refusal.Message);
    }

    private static SamplingJob Ancestral(long count) => new() { Count = count, Plan = Plan, Seed = 11 };

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
