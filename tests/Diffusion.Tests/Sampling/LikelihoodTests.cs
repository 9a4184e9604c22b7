using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

/// <summary>The likelihood by the probability-flow ODE against densities in closed form.</summary>
[TestClass]
public sealed class LikelihoodTests
{
    private const int Count = 2_000;

    /// <summary>Of 2,000 normal numbers hardly one is farther out.</summary>
    private const double FarthestDeviations = 4;

    /// <summary>
    /// Single points are off by more than their mean. Below σ(0), where no network was trained, the score is taken as constant: with
    /// r = (σ(0)/s)², s the standard deviation along a direction, a point z deviations away is off by 3/8·r²·z² nats to leading order.
    /// </summary>
    [TestMethod]
    [DataRow("2gmm")]
    [DataRow("radial_gmm")]
    public void OfAMixture_WithItsExactPrediction_IsItsDensity(string name)
    {
        GaussianMixture mixture = (GaussianMixture)KnownDataSets.Find(name);
        PointSet points = mixture.Draw(Count, seed: 7);
        using DiffusionSampler sampler = new(new MixturePredictor(mixture), MixturePredictor.CardOf(mixture));
        double[] expected = [.. Enumerable.Range(0, Count).Select(i => mixture.LogDensity(points[i]))];
        double ratio = Math.Pow(sampler.Card.Schedule.At(0).Sigma, 2) / mixture.Components.Min(SmallestVariance);
        double constantScore = 3 * Math.Pow(ratio * FarthestDeviations, 2) / 8;
        foreach ((int steps, double stepError) in new[] { (LikelihoodOptions.UsualSteps, 0.02), (2 * LikelihoodOptions.UsualSteps, 0.002) })
        {
            double[] actual = sampler.LogLikelihood(points, new LikelihoodOptions { Steps = steps });
            Assert.AreEqual(expected.Average(), actual.Average(), 1e-3);
            Assert.IsLessThan(stepError + constantScore, actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max());
        }
    }

    /// <summary>
    /// With noise in the points their mixture is still known in closed form; that form is checked in turn by summing it over the plane.
    /// </summary>
    [TestMethod]
    [DataRow("2gmm", 0)]
    [DataRow("2gmm", 99.5)]
    [DataRow("radial_gmm", 300)]
    [DataRow("radial_gmm", 900)]
    public void OfNoisyPoints_IsTheDensityAtTheirTime(string name, double timestep)
    {
        GaussianMixture mixture = (GaussianMixture)KnownDataSets.Find(name);
        using DiffusionSampler sampler = new(new MixturePredictor(mixture), MixturePredictor.CardOf(mixture));
        NoiseLevel level = sampler.Card.Schedule.At(timestep);
        PointSet points = mixture.Draw(200, seed: 7);
        double[] actual = sampler.LogLikelihood(points, new LikelihoodOptions { Timestep = timestep });
        for (int i = 0; i < points.Count; i++)
        {
            Assert.AreEqual(mixture.LogDensity(points[i], level), actual[i], 0.02);
        }

        const int Cells = 240;
        const double Half = 8;
        double cell = 2 * Half / Cells;
        double sum = Enumerable.Range(0, Cells * Cells).Sum(k => Math.Exp(mixture.LogDensity([At(k % Cells), At(k / Cells)], level)));
        Assert.AreEqual(1, sum * cell * cell, 1e-3);

        float At(int k) => (float)((k + 0.5) * cell - Half);
    }

    [TestMethod]
    public void Timesteps_OutOfRange_AreRefused()
    {
        using DiffusionSampler sampler = ShippedModels.Load("moons");
        foreach (double wrong in new[] { -1.5, 999, double.NaN })
        {
            Assert.ThrowsExactly<DiffusionException>(
                () => sampler.LogLikelihood(new PointSet([0, 0], 2), new LikelihoodOptions { Timestep = wrong }));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void OfAGaussian_IsItsDensity_InAnyDimension_AndInTheUnitsOfTheData(int dimension)
    {
        const double Deviation = 0.3;
        const double Shift = 5;
        const double Scale = 7;
        NoiseSchedule schedule = NoiseSchedule.Linear();
        ModelCard card = new()
        {
            Schedule = schedule,
            Data = new DataInfo
            {
                Name = "gauss", Dimension = dimension, Shift = [.. Enumerable.Repeat(Shift, dimension)],
                Scale = [.. Enumerable.Repeat(Scale, dimension)],
            },
        };
        using DiffusionSampler sampler = new(ClosedForm.InDouble(dimension, ExactPredictors.Gaussian(0, Deviation)), card);
        float[] values = [.. Enumerable.Range(0, 20 * dimension).Select(i => (float)(Shift + (2 * Math.Sin(i))))];
        double[] actual = sampler.LogLikelihood(
            new PointSet(values, dimension), new LikelihoodOptions { Execution = new ExecutionOptions { ChunkSize = 3 } });
        for (int i = 0; i < actual.Length; i++)
        {
            double variance = Math.Pow(Scale * Deviation, 2);
            double expected = values[(i * dimension)..((i + 1) * dimension)].Sum(
                x => -0.5 * ((Math.Pow(x - Shift, 2) / variance) + Math.Log(Math.Tau * variance)));
            Assert.AreEqual(expected, actual[i], 2e-3 * dimension);
        }
    }

    /// <summary>Whatever a network has learned, the density of its ODE is a density.</summary>
    [TestMethod]
    [DataRow("moons")]
    [DataRow("circles")]
    public void OverThePlane_ATrainedModelSumsToOne(string name)
    {
        const int Side = 120;
        const double Half = 2.7;
        float[] places = new float[2 * Side * Side];
        for (int k = 0; k < Side * Side; k++)
        {
            places[2 * k] = (float)(((((k % Side) + 0.5) / Side) - 0.5) * 2 * Half);
            places[(2 * k) + 1] = (float)(((((k / Side) + 0.5) / Side) - 0.5) * 2 * Half);
        }

        using DiffusionSampler sampler = ShippedModels.Load(name);
        double[] logs = sampler.LogLikelihood(new PointSet(places, 2), new LikelihoodOptions { Steps = 25 });
        Assert.AreEqual(1, logs.Sum(Math.Exp) * Math.Pow(2 * Half / Side, 2), 0.01);
    }

    [TestMethod]
    public void OfPointsFarAway_IsSmall_AndFinite()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        double[] logs = sampler.LogLikelihood(new PointSet([0, 3, 1e3f, 0, 1e5f, -1e5f], 2));
        Assert.IsTrue(logs.All(double.IsFinite), string.Join(' ', logs));
        Assert.IsTrue(logs[0] > logs[1] && logs[1] > logs[2]);
    }

    [TestMethod]
    public void WithFewTimesteps_TheUsualNumberOfStepsIsAllOfThem()
    {
        ModelCard card = MixturePredictor.Card with { Schedule = NoiseSchedule.Cosine(20) };
        using DiffusionSampler sampler = new(new MixturePredictor(), card);
        PointSet point = new([0, 3], 2);
        Assert.AreEqual(sampler.LogLikelihood(point, new LikelihoodOptions { Steps = 20 })[0], sampler.LogLikelihood(point)[0]);
    }

    [TestMethod]
    public void WhatCannotBeComputed_IsRefused()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        PointSet points = new([1, 2], 2);
        Assert.ThrowsExactly<DiffusionException>(() => sampler.LogLikelihood(new PointSet([1], 1)));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.LogLikelihood(points, new LikelihoodOptions { Steps = 0 }));
        Assert.ThrowsExactly<DiffusionException>(() => sampler.LogLikelihood(points, new LikelihoodOptions { Steps = 1001 }));
        Assert.ThrowsExactly<DiffusionException>(
            () => sampler.LogLikelihood(points, new LikelihoodOptions { Execution = new ExecutionOptions { Threads = 0 } }));
        Assert.Throws<OperationCanceledException>(
            () => sampler.LogLikelihood(points, cancellationToken: new CancellationToken(canceled: true)));
    }

    /// <summary>The smaller eigenvalue of a covariance.</summary>
    private static double SmallestVariance(GaussianComponent component)
    {
        (double xx, double xy, double yy) = component.Covariance;
        return (xx + yy - double.Hypot(xx - yy, 2 * xy)) / 2;
    }
}
