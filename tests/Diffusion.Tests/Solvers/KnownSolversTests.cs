using Diffusion.Solvers;

namespace Diffusion.Tests.Solvers;

[TestClass]
public sealed class KnownSolversTests
{
    [TestMethod]
    public void Names_AreThoseOfTheSolvers_AndDiffer()
    {
        foreach (SolverEntry entry in KnownSolvers.All)
        {
            Assert.AreEqual(entry.Name, entry.Create(new SolverSettings()).Name);
        }

        Assert.HasCount(KnownSolvers.All.Count, KnownSolvers.All.Select(entry => entry.Name).Distinct());
    }

    [TestMethod]
    public void Settings_OfAnotherSolver_AreRefusedByName()
    {
        DiffusionException eta = Assert.ThrowsExactly<DiffusionException>(() => KnownSolvers.Find("ddpm").Create(new SolverSettings { Eta = 0.5 }));
        Assert.AreEqual("The solver ddpm has no setting 'eta'; it belongs to ddim. Leave it out or choose that solver.", eta.Message);
        Assert.ThrowsExactly<DiffusionException>(() => KnownSolvers.Find("ddim").Create(new SolverSettings { Variance = DdpmVariance.Beta }));
    }

    [TestMethod]
    public void UnknownName_IsAnsweredWithTheNamesThereAre()
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => KnownSolvers.Find("dddim"));
        Assert.AreEqual("There is no solver 'dddim'. Choose one of: ddpm, ddim, euler, heun, rk4, dpm++2m, dpm++3m, sde-dpm++2m.", exception.Message);
    }
}
