using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Tests.Solvers;

/// <summary>Every solver of the catalogue obeys the laws, whether or not it has a test class of its own.</summary>
[TestClass]
public sealed class KnownSolverLawTests
{
    public static IEnumerable<object[]> Names => KnownSolvers.All.Select(entry => new object[] { entry.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void PointMass_IsRecovered_ForAnyStepCount(string name) => SolverLaws.PointMassIsRecovered(Make(name), _ => 1e-9);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Tableau_EndsAtCleanData_WithoutNoise(string name) => SolverLaws.TableauIsSound(Make(name));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Gaussian_IsRecovered_InTheLimit(string name) => SolverLaws.GaussianIsRecovered_InTheLimit(Make(name));

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void EvaluationsPerStep_AreThoseOfTheTableau(string name)
    {
        SolverEntry entry = KnownSolvers.Find(name);
        Tableau tableau = Make(name).Build(NoiseSchedule.Linear(), [999, 500, 10]);
        Assert.AreEqual((2 * entry.EvaluationsPerStep) + 1, tableau.Rows.Length);
    }

    private static ISolver Make(string name) => KnownSolvers.Find(name).Create(new SolverSettings());
}
