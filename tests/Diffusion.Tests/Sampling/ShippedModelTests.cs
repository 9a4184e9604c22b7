using Diffusion.DataSets;
using Diffusion.Metrics;
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

    public static IEnumerable<object[]> Models => ShippedModels.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Samples_CanHardlyBeToldFromTheData(string name)
    {
        using DiffusionSampler sampler = ShippedModels.Load(name);
        PointSet samples = sampler.Sample(Count, new SamplerOptions { Solver = new Ddpm(), Steps = 250, Seed = 1 });
        PointSet truth = KnownDataSets.Find(name).Draw(Count, seed: 1);
        Assert.IsLessThan(0.56, NearestNeighborTest.Accuracy(samples, truth));
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
