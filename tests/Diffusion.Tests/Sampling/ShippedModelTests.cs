using Diffusion.Data.BuiltIn;
using Diffusion.Evaluation.Metrics;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>The shipped models are as good as the README says; the full measurement is in models/README.md.</summary>
[TestClass]
public sealed class ShippedModelTests
{
    private const int Count = 4_000;
    private const ulong FirstTruthSeed = 1UL << 32;

    public static IEnumerable<object[]> Models => ShippedModels.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Samples_CanHardlyBeToldFromTheData(string name)
    {
        using DiffusionSampler sampler = ShippedModels.Load(name);
        PointSet samples = sampler.Sample(new SamplingJob { Count = Count, Plan = sampler.CreatePlan(new Ddpm(), 250), Seed = 1 });
        PointSet truth = KnownDataSets.Find(name).Draw(Count, seed: 1);
        Assert.IsLessThan(0.56, NearestNeighborTest.Accuracy(samples, truth));
    }

    /// <summary>At most twice the distance between two sets of true points, both as means over seeds.</summary>
    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Samples_LieWhereTheDataLie(string name)
    {
        const int Seeds = 4;
        using DiffusionSampler sampler = ShippedModels.Load(name);
        IDataSet set = KnownDataSets.Find(name);
        (double distance, double floor) = (0, 0);
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            PointSet truth = set.Draw(Count, FirstTruthSeed + (2 * seed));
            SamplingJob job = new() { Count = Count, Plan = sampler.CreatePlan(new Ddim(), 100), Seed = seed };
            distance += SlicedWasserstein.Distance(sampler.Sample(job), truth);
            floor += SlicedWasserstein.Distance(set.Draw(Count, FirstTruthSeed + (2 * seed) + 1), truth);
        }

        Assert.IsLessThan(2 * floor, distance);
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Cards_NameTheDataAndTheCommand(string name)
    {
        using DiffusionSampler sampler = ShippedModels.Load(name);
        Assert.AreEqual(name, sampler.Card.Data.Name);
        StringAssert.StartsWith(sampler.Card.Training!.Command, $"diffusion-train {name}");
    }
}
