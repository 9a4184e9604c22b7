using Diffusion.Cards;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>The way back: the noise that samples came from.</summary>
[TestClass]
public sealed class EncodingTests
{
    [TestMethod]
    public void Encoding_FindsTheNoiseThatSamplesCameFrom_InTheUnitsOfTheData()
    {
        ModelCard scaled = MixturePredictor.Card with { Data = MixturePredictor.Card.Data with { Shift = [10, -20], Scale = [2, 0.5] } };
        using DiffusionSampler sampler = new(new MixturePredictor(), scaled);
        SamplingPlan plan = sampler.CreatePlan(new Ddim(), 400);
        SamplingJob job = new() { Count = 50, Plan = plan, Seed = 3 };
        PointSet samples = sampler.Sample(job);
        SampleBatch noise = sampler.Encode(samples, plan);
        PointSet again = sampler.Sample(job with { Noise = noise });
        for (int i = 0; i < 50; i++)
        {
            Assert.AreEqual(samples[i][0], again[i][0], 0.1);
            Assert.AreEqual(samples[i][1], again[i][1], 0.025);
        }

        Assert.AreEqual(sampler.Encode(samples, sampler.CreatePlan(new Ddim())), sampler.Encode(samples));
        Assert.AreNotEqual(noise, sampler.Encode(samples));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.Encode(new PointSet([1, 2, 3], 3), plan));
    }

    /// <summary>Of a plan only the steps are taken, also where its solver has stages between them.</summary>
    [TestMethod]
    [DataRow("ddpm")]
    [DataRow("rk4")]
    [DataRow("dpm++3m")]
    public void Encoding_TakesTheStepsOfAPlan_WhateverItsSolver(string solver)
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        PointSet samples = sampler.Sample(20, seed: 3);
        double[] timesteps = [900, 400.5, 100, 3];
        SampleBatch expected = sampler.Encode(samples, SamplingPlan.At(sampler.Card.Schedule, new Ddim(), timesteps));
        SamplingPlan plan = SamplingPlan.At(sampler.Card.Schedule, KnownSolvers.Find(solver).Create(new SolverSettings()), timesteps);
        Assert.AreEqual(expected, sampler.Encode(samples, plan));
    }
}
