using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

[TestClass]
public sealed class SamplingJobTests
{
    private static readonly DenoiserSignature Points = new(SampleShape.Vector(2));
    private static readonly DenoiserSignature Labelled = Points with { Conditions = new ConditionSignature(3) };
    private static readonly SamplingJob Job = new() { Count = 4 };

    [TestMethod]
    public void WhatDoesNotFitTheModel_IsRefused()
    {
        Job.Validate(Points);
        (Job with { Conditions = ConditionBatch.OfLabel(4, 3), Guidance = -2 }).Validate(Labelled);
        AssertRefused("The number of samples must be between 1 and 1099511627776; was 0.", Job with { Count = 0 }, Points);
        AssertRefused(
            "The number of samples must be between 1 and 1099511627776; was 1099511627777.",
            Job with { Count = SamplingJob.LargestCount + 1 }, Points);
        AssertRefused("The index of the first of 4 samples must be between 0 and 1099511627772; was -1.", Job with { First = -1 }, Points);
        AssertRefused(
            "The initial noise must have 4 samples of the shape [2]; found 3 of [2].",
            Job with { Noise = new SampleBatch(new float[6], SampleShape.Vector(2)) }, Points);
        AssertRefused(
            "The initial noise must have 4 samples of the shape [2]; found 4 of [3].",
            Job with { Noise = new SampleBatch(new float[12], SampleShape.Vector(3)) },
            Points);
        AssertRefused("The weight of guidance must be a finite number; was NaN.", Job with { Guidance = double.NaN }, Points);
        AssertRefused(
            "The bound of clean data must be greater than 0; was -0.5.",
            Job with { Clipping = new ClippingOptions { Bound = -0.5 } },
            Points);
        AssertRefused("The model takes class labels; the job has none. Specify the conditions.", Job, Labelled);
        AssertRefused(
            "The conditions must be those of 4 samples; found 3.", Job with { Conditions = ConditionBatch.OfLabel(3, 0) }, Labelled);
        AssertRefused(
            "The network takes 0 class labels for 4 samples; found 4.",
            Job with { Conditions = ConditionBatch.OfLabel(4, 0) }, Points);
        AssertRefused(
            "A class label must be between 0 and 3 (none); was 4.",
            Job with { Conditions = ConditionBatch.OfLabel(4, 4) }, Labelled);
    }

    [TestMethod]
    public void APlanOfAnotherSchedule_IsRefused_AndOneOfAnEqualScheduleIsNot()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        foreach (string name in KnownSolvers.All.Select(entry => entry.Name))
        {
            ISolver solver = KnownSolvers.Find(name).Create(new SolverSettings());
            SamplingPlan equal = SamplingPlan.Create(NoiseSchedule.Linear(), solver, steps: 7);
            Assert.AreEqual(3, sampler.Sample(new SamplingJob { Count = 3, Plan = equal }).Count);
            foreach (NoiseSchedule schedule in new[] { NoiseSchedule.Linear(1_000, 1e-4, 0.0201), NoiseSchedule.Linear(2_000) })
            {
                SamplingPlan other = SamplingPlan.Create(schedule, solver, steps: 7);
                const string message = "The plan was made for another noise schedule, with ᾱ = ";
                StringAssert.StartsWith(
                    Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(new SamplingJob { Count = 3, Plan = other })).Message,
                    message);
                StringAssert.StartsWith(
                    Assert.ThrowsExactly<DiffusionException>(() => sampler.Encode(sampler.Sample(3), other)).Message, message);
            }
        }
    }

    [TestMethod]
    public void ASlice_IsThatPartOfEverything()
    {
        SamplingJob job = Job with
        {
            First = 10,
            Noise = new SampleBatch(new float[] { 0, 1, 2, 3, 4, 5, 6, 7 }, SampleShape.Vector(2)),
            Conditions = new ConditionBatch(4) { Labels = new long[] { 0, 1, 2, 3 } },
        };
        SamplingJob slice = job.Slice(1, 2);
        Assert.AreEqual((2, 11), (slice.Count, slice.First));
        Assert.AreEqual(new SampleBatch(new float[] { 2, 3, 4, 5 }, SampleShape.Vector(2)), slice.Noise);
        Assert.AreEqual(new ConditionBatch(2) { Labels = new long[] { 1, 2 } }, slice.Conditions);
        slice.Validate(Labelled);
    }

    [TestMethod]
    [DataRow(0, 1, "The chunk size and the number of threads must be at least 1; were 1 and 0.")]
    [DataRow(1, -3, "The chunk size and the number of threads must be at least 1; were -3 and 1.")]
    [DataRow(null, 0, "The chunk size and the number of threads must be at least 1; were 0 and the default.")]
    public void ThreadsAndChunks_BelowOne_AreRefused(int? threads, int? chunkSize, string message)
    {
        new ExecutionOptions().Validate();
        new ExecutionOptions { Threads = 1, ChunkSize = 1 }.Validate();
        Assert.AreEqual(
            message,
            Assert.ThrowsExactly<DiffusionException>(new ExecutionOptions { Threads = threads, ChunkSize = chunkSize }.Validate).Message);
    }

    private static void AssertRefused(string message, SamplingJob job, DenoiserSignature signature)
        => Assert.AreEqual(message, Assert.ThrowsExactly<DiffusionException>(() => job.Validate(signature)).Message);
}
