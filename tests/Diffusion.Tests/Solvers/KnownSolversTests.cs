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

    public static IEnumerable<object[]> SolversAndSettings
        => from entry in KnownSolvers.All from setting in Settings.Keys select new object[] { entry.Name, setting };

    private static Dictionary<string, SolverSettings> Settings { get; } = new()
    {
        ["eta"] = new SolverSettings { Eta = 0.5 },
        ["variance"] = new SolverSettings { Variance = DdpmVariance.Posterior },
        ["ode"] = new SolverSettings { Ode = OdeForm.Time },
    };

    /// <summary>A setting either makes another solver or is refused by name; none is passed over in silence.</summary>
    [TestMethod]
    [DynamicData(nameof(SolversAndSettings))]
    public void Settings_AreObeyed_OrRefusedByName(string name, string setting)
    {
        SolverEntry entry = KnownSolvers.Find(name);
        if (entry.Accepts.Contains(setting))
        {
            Assert.AreNotEqual(entry.Create(new SolverSettings()), entry.Create(Settings[setting]));
        }
        else
        {
            string message = Assert.ThrowsExactly<DiffusionException>(() => entry.Create(Settings[setting])).Message;
            StringAssert.StartsWith(message, $"The solver {name} has no setting '{setting}'; it belongs to ");
        }
    }

    [TestMethod]
    public void Orders_ThatThereAreNot_AreRefused()
    {
        Assert.ThrowsExactly<DiffusionException>(() => new Deis(0));
        Assert.ThrowsExactly<DiffusionException>(() => new Deis(5));
        Assert.ThrowsExactly<DiffusionException>(() => new DpmSolver("dpm++4m", 4));
    }

    [TestMethod]
    public void UnknownName_IsAnsweredWithTheNamesThereAre()
    {
        DiffusionException exception = Assert.ThrowsExactly<DiffusionException>(() => KnownSolvers.Find("dddim"));
        Assert.AreEqual(
            "There is no solver 'dddim'. Choose one of: ddpm, ddim, euler, heun, rk4, deis, dpm++2m, dpm++3m, sde-dpm++2m.",
            exception.Message);
    }
}
