using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Denoising;

/// <summary>Values that are known come out as they are, and the others fit them.</summary>
[TestClass]
public sealed class KnownValuesTests
{
    private const int Count = 6;
    private const double Rounding = 2e-5;

    /// <summary>The second value of the first sample and so on in turn; all of the last, and none of the one before.</summary>
    private static readonly bool[] IsKnown = [false, true, true, false, false, true, true, false, false, false, true, true];

    private static readonly SampleBatch Values = new(
        (float[])[.. Enumerable.Range(0, 2 * Count).Select(k => 1.5f * MathF.Sin(k))], SampleShape.Vector(2));

    public static IEnumerable<object[]> Solvers => KnownSolvers.All.Select(entry => new object[] { entry.Name });

    [TestMethod]
    [DynamicData(nameof(Solvers))]
    public void KnownValues_ComeOutAfterTheLastStep_OfEverySolver(string solver)
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        foreach (int steps in new[] { 1, 2, 10, 50 })
        {
            SamplingJob job = new()
            {
                Count = Count,
                Plan = sampler.CreatePlan(KnownSolvers.Find(solver).Create(new SolverSettings()), steps),
                Seed = 4,
            };
            float[] free = Draw(sampler, job);
            float[] found = Draw(sampler, job with { Constraint = new KnownValues(Values, IsKnown) });
            for (int i = 0; i < found.Length; i++)
            {
                if (IsKnown[i])
                {
                    Assert.AreEqual(Values.Values[i], found[i], Rounding, $"{steps} steps, value {i}");
                    Assert.AreNotEqual(Values.Values[i], free[i], 100 * Rounding, $"{steps} steps, value {i} is known anyway");
                }
            }

            // A sample of which nothing is known is as it would be.
            Assert.AreEqual(free[8], found[8], 0.01);
            Assert.AreEqual(free[9], found[9], 0.01);
        }
    }

    [TestMethod]
    public void EverySample_HasItsOwn_WhateverTheChunksAndPieces()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SamplingJob job = new() { Count = Count, Constraint = new KnownValues(Values, IsKnown), Seed = 2, First = 100 };
        float[] whole = Draw(sampler, job);
        foreach (int size in new[] { 1, 2, 4 })
        {
            float[] chunked = new float[whole.Length];
            sampler.Run(job, chunked, new ExecutionOptions { ChunkSize = size, Threads = 3 });
            CollectionAssert.AreEqual(whole, chunked, $"chunks of {size}");
            CollectionAssert.AreEqual(
                whole, sampler.SamplePieces(job, size).SelectMany(piece => piece.Values.ToArray()).ToArray(), $"pieces of {size}");
        }
    }

    [TestMethod]
    public void OneSample_StandsForAll()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        KnownValues known = new(new SampleBatch(new float[] { 0.75f, 9 }, SampleShape.Vector(2)), new[] { true, false });
        float[] found = Draw(sampler, new SamplingJob { Count = 100, Constraint = known });
        for (int i = 0; i < found.Length; i += 2)
        {
            Assert.AreEqual(0.75, found[i], Rounding);
            Assert.IsLessThan(8, Math.Abs(found[i + 1]), "The value that is not known is one of the data.");
        }
    }

    [TestMethod]
    public void WhereNothingIsKnown_ThePredictionStays()
    {
        MixturePredictor exact = new();
        DenoiserCall call = new([0.5f, -1, 2, 0.25f], NoiseSchedule.Linear().At(300), first: 2);
        float[] expected = new float[4];
        exact.Predict(call, expected);
        float[] found = new float[4];
        new ConstrainedDenoiser(exact, new KnownValues(Values, new bool[2 * Count])).Predict(call, found);
        Numbers.AreClose(Array.ConvertAll(expected, value => (double)value), Array.ConvertAll(found, value => (double)value), 1e-6);
        new ConstrainedDenoiser(exact, new KnownValues(Values, IsKnown)).Predict(call, found);
        Assert.AreEqual(expected[0], found[0], 1e-6);
        Assert.AreNotEqual(expected[1], found[1], 1e-3);
    }

    [TestMethod]
    public void AMaskOfAnotherLength_IsRefused()
    {
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => _ = new KnownValues(Values, new bool[11])).Message,
            "The mask must have one entry for each of 12 values; found 11.");
        Assert.ThrowsExactly<ArgumentException>(() => _ = new KnownValues(new SampleBatch(default, SampleShape.Vector(2)), default));
    }

    [TestMethod]
    public void ValuesOfAnotherShape_OrOfFewerSamples_AreRefused()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        SampleBatch wide = new(new float[2 * Count], SampleShape.Vector(3));
        AssertRefused(
            "The known values must be those of 1 or 6 samples of the shape [2]; found 4 of [3].",
            new SamplingJob { Count = Count, Constraint = new KnownValues(wide, new bool[2 * Count]) });
        AssertRefused(
            "The known values must be those of 1 or 7 samples of the shape [2]; found 6 of [2].",
            new SamplingJob { Count = Count + 1, Constraint = new KnownValues(Values, IsKnown) });

        void AssertRefused(string message, SamplingJob job)
            => Assert.AreEqual(message, Assert.ThrowsExactly<DiffusionException>(() => sampler.Sample(job)).Message);
    }

    private static float[] Draw(DiffusionSampler sampler, SamplingJob job)
    {
        float[] samples = new float[2 * job.Count];
        sampler.Run(job, samples);
        return samples;
    }
}
