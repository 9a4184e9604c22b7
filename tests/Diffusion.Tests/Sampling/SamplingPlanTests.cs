using Diffusion.Cards;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

[TestClass]
public sealed class SamplingPlanTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    private static readonly Dictionary<string, ISolver> Solvers = new()
    {
        ["dpm++3m"] = KnownSolvers.Default,
        ["ddim"] = new Ddim(),
        ["ddim η=0.5"] = new Ddim(0.5),
        ["ddpm"] = new Ddpm(),
        ["ddpm posterior variance"] = new Ddpm(DdpmVariance.Posterior),
        ["heun"] = KnownSolvers.Find("heun").Create(new SolverSettings { Ode = OdeForm.Sigma }),
        ["heun in t"] = KnownSolvers.Find("heun").Create(new SolverSettings { Ode = OdeForm.Time }),
    };

    public static IEnumerable<object[]> Labels => Solvers.Keys.Select(label => new object[] { label });

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void ALabel_HasTheSettingsThatDiffer_AndACaptionTheSteps(string label)
    {
        SamplingPlan plan = SamplingPlan.Create(Schedule, Solvers[label], 20);
        Assert.AreEqual(label, plan.Label);
        Assert.AreEqual($"{label}, 20 steps", plan.Caption);
        Assert.AreEqual(Solvers[label].Name, plan.Solver);
    }

    /// <summary>Plans are equal if they do the same; a compiled file refuses jobs by this.</summary>
    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void Plans_AreEqual_IfTheyAreTheSame(string label)
    {
        SamplingPlan plan = SamplingPlan.Create(Schedule, Solvers[label], 20);
        SamplingPlan same = SamplingPlan.Create(NoiseSchedule.Linear(), Solvers[label], 20);
        Assert.AreEqual(plan, same);
        Assert.AreEqual(plan.GetHashCode(), same.GetHashCode());
        Assert.AreNotEqual(plan, SamplingPlan.Create(Schedule, Solvers[label], 21));
        Assert.AreNotEqual(plan, SamplingPlan.Create(Schedule, Solvers[label], 20, TimestepGrids.Leading));
        Assert.AreNotEqual(plan, SamplingPlan.Create(NoiseSchedule.Cosine(), Solvers[label], 20));
        foreach ((string other, ISolver solver) in Solvers)
        {
            Assert.AreEqual(other == label, plan == SamplingPlan.Create(Schedule, solver, 20, Solvers[label].DefaultGrid), other);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void APlan_ReadsBackFromAFile_WithItsSettings(string label)
    {
        SamplingPlan plan = SamplingPlan.Create(Schedule, Solvers[label], 7);
        SolverInfo info = SolverInfo.FromMetadata(SolverInfo.From(plan, clip: null).ToMetadata(MixturePredictor.Card), "file")!;
        SamplingPlan read = info.ToPlan(Schedule, "file");
        Assert.AreEqual(plan, read);
        Assert.AreEqual(label, read.Label);
        CollectionAssert.AreEqual(plan.Tableau.StepLevels.ToArray(), read.Tableau.StepLevels.ToArray());
    }

    [TestMethod]
    public void GivenTimesteps_AreThoseOfTheGridThatTheyComeFrom()
    {
        double[] timesteps = TimestepGrids.Karras.Create(Schedule, 9);
        SamplingPlan plan = SamplingPlan.At(Schedule, new Ddim(), timesteps);
        Assert.AreEqual(SamplingPlan.Create(Schedule, new Ddim(), 9, TimestepGrids.Karras), plan);
        CollectionAssert.AreEqual(
            timesteps.Append(NoiseSchedule.CleanIndex).ToArray(), plan.Tableau.StepLevels.Select(level => level.Timestep).ToArray());
        Assert.AreEqual(Schedule.At(999), plan.Tableau.Start);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => SamplingPlan.At(Schedule, new Ddim(), [1000.5])).Message, "1000.5");
    }

    [TestMethod]
    public void WhatIsLeftOpen_IsAsItSuitsTheSolver()
    {
        ISolver solver = KnownSolvers.Default;
        Assert.AreEqual(
            SamplingPlan.Create(Schedule, solver, solver.DefaultSteps(Schedule), solver.DefaultGrid), SamplingPlan.Create(Schedule));
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        Assert.AreEqual(sampler.Plan, sampler.CreatePlan());
        Assert.AreEqual(
            "The number of steps must be between 1 and 1000, the number of training timesteps; was 0.",
            Assert.ThrowsExactly<DiffusionException>(() => SamplingPlan.Create(Schedule, steps: 0)).Message);
    }
}
