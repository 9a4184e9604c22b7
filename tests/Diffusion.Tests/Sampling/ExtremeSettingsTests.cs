using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

/// <summary>Settings at the ends of what is allowed: the results are finite and make sense, or the refusal is clear.</summary>
[TestClass]
public sealed class ExtremeSettingsTests
{
    private const double Mean = 0.7;
    private const double Deviation = 0.4;

    private static readonly Dictionary<string, NoiseSchedule> Schedules = new()
    {
        ["linear 2"] = NoiseSchedule.LinearBetween(2, 0.5, 0.999),
        ["linear 10000"] = NoiseSchedule.Linear(10_000),
        ["cosine 2"] = NoiseSchedule.Cosine(2),
        ["cosine 1000"] = NoiseSchedule.Cosine(),
        ["cosine 10000"] = NoiseSchedule.Cosine(10_000),
    };

    public static IEnumerable<object[]> Cases =>
        from schedule in Schedules.Keys
        from solver in KnownSolvers.All.Select(entry => entry.Name).Append("ddim, η = 1")
        select new object[] { schedule, solver };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void AnySchedule_WithAnySolver_FromOneStepToMany_GivesPointsWhereTheDataAre(string schedule, string solver)
    {
        const int Points = 400;
        NoiseSchedule chosen = Schedules[schedule];
        using DiffusionSampler sampler = new(Gaussian(2), CardOf(chosen, 2));

        // One step ends in the mean of all data that a point may come from.
        (double mean, double deviation) = Moments(Sample(1));
        Assert.AreEqual(Mean, mean, 0.1);
        Assert.IsLessThan(Deviation, deviation);

        // Two are too few for methods that look ahead of large steps: numbers, but no more.
        _ = Moments(Sample(2));

        // Many steps end in the data.
        if (chosen.TrainTimesteps > 2)
        {
            (mean, deviation) = Moments(Sample(200));
            Assert.AreEqual(Mean, mean, 0.1);
            Assert.AreEqual(Deviation, deviation, 0.15);
        }

        PointSet Sample(int steps)
            => sampler.Sample(new SamplingJob { Count = Points, Plan = sampler.CreatePlan(SolverOf(solver), steps) });
    }

    [TestMethod]
    [DataRow(1e-6)]
    [DataRow(1e6)]
    [DataRow(1e-30)]
    [DataRow(1e30)]
    public void DataOfAnyScale_ComeBackInIt(double scale)
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        ModelCard card = CardOf(schedule, 2);
        using DiffusionSampler sampler = new(
            Gaussian(2), card with { Data = card.Data with { Scale = [scale, scale], Shift = [0, scale] } });
        PointSet points = sampler.Sample(2_000);
        (double mean, double deviation) = Moments(
            new PointSet([.. Enumerable.Range(0, points.Count).Select(i => (float)(points[i][0] / scale))], 1));
        Assert.AreEqual(Mean, mean, 0.05);
        Assert.AreEqual(Deviation, deviation, 0.05);
        SampleBatch noise = sampler.Encode(points);
        Assert.IsTrue(noise.Values.ToArray().All(value => Math.Abs(value) < 10));
        Assert.IsTrue(sampler.LogLikelihood(new PointSet(points.Values[..20].ToArray(), 2)).All(double.IsFinite));
    }

    [TestMethod]
    public void SixtyFourDimensions_AndOnePoint_AreSampled()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        using DiffusionSampler sampler = new(Gaussian(64), CardOf(schedule, 64));
        PointSet one = sampler.Sample(1, seed: 5);
        Assert.AreEqual((1, 64), (one.Count, one.Dimension));
        (double mean, double deviation) = Moments(one);
        Assert.AreEqual(Mean, mean, 0.2);
        Assert.AreEqual(Deviation, deviation, 0.15);
        CollectionAssert.AreEqual(one.Values.ToArray(), sampler.Sample(300, seed: 5).Values[..64].ToArray());
    }

    [TestMethod]
    public void WhatCannotBeASchedule_IsRefused_WithTheIndexThatIsWrong()
    {
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.Linear(2)).Message, "β at index 0 is 5.025");
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.Linear(1)).Message, "between 2 and 1000000");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.FromBetas([1e-17, 1e-17])).Message, "at index 0");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => NoiseSchedule.FromBetas(Enumerable.Repeat(0.999, 200))).Message,
            "must be finite");
    }

    private static ClosedForm Gaussian(int dimension) => ClosedForm.InDouble(dimension, ExactPredictors.Gaussian(Mean, Deviation));

    private static ISolver SolverOf(string name)
        => name == "ddim, η = 1" ? new Ddim(1) : KnownSolvers.Find(name).Create(new SolverSettings());

    private static ModelCard CardOf(NoiseSchedule schedule, int dimension)
        => new() { Schedule = schedule, Data = new DataInfo { Name = "gaussian", Dimension = dimension } };

    private static (double Mean, double Deviation) Moments(PointSet points)
    {
        double[] values = Array.ConvertAll(points.Values.ToArray(), value => (double)value);
        Assert.IsTrue(values.All(double.IsFinite));
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}
