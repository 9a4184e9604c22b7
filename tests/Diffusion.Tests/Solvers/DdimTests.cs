using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Solvers;

[TestClass]
public sealed class DdimTests : SolverConformance
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    protected override ISolver Solver => new Ddim(0.5);

    [TestMethod]
    [DataRow("ddim", 0.0)]
    [DataRow("ddim_eta1", 1.0)]
    public void Trajectory_MatchesTheReference(string run, double eta)
        => Numbers.AreClose(ReferenceData.Array(run, "x0"), RunOf(new Ddim(eta), run), 1e-9);

    [TestMethod]
    public void EtaOne_MatchesDdpmWithPosteriorVariance_OnTheReference()
        => Numbers.AreClose(ReferenceData.Array("ddim_eta1", "x0"), RunOf(new Ddpm(DdpmVariance.Posterior), "ddim_eta1"), 1e-9);

    [TestMethod]
    [DataRow("uniform", 1000)]
    [DataRow("uniform", 17)]
    [DataRow("leading", 50)]
    [DataRow("trailing", 3)]
    public void EtaOne_EqualsDdpmWithPosteriorVariance_RowByRow(string grid, int steps)
    {
        double[] timesteps = TimestepGrids.Find(grid).Create(Schedule, steps);
        Tableau ddim = new Ddim(1).Build(Schedule, timesteps);
        Tableau ddpm = new Ddpm(DdpmVariance.Posterior).Build(Schedule, timesteps);
        foreach ((TableauRow first, TableauRow second) in ddim.Rows.Zip(ddpm.Rows))
        {
            Assert.AreEqual(first.A, second.A, 1e-12);
            Assert.AreEqual(first.C[0], second.C[0], 1e-11);
            Assert.AreEqual(first.S, second.S, 1e-12);
        }
    }

    [TestMethod]
    public void EtaZero_NeverAddsNoise()
        => Assert.IsTrue(new Ddim().Build(Schedule, TimestepGrids.Uniform.Create(Schedule, 100)).IsDeterministic);

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.1)]
    [DataRow(double.NaN)]
    public void Eta_OutsideZeroToOne_IsRefused(double eta)
        => Assert.ThrowsExactly<DiffusionException>(() => new Ddim(eta));

    private static double[] RunOf(ISolver solver, string run)
    {
        Tableau tableau = solver.Build(Schedule, ReferenceData.Array(run, "timesteps"));
        TableauExecutor<double> executor = new(
            tableau,
            ReferenceData.Start,
            ExactPredictors.Mixture(ReferenceData.Mixture),
            (row, z) => ReferenceData.NoiseOf(run, row).CopyTo(z));
        return executor.Run().ToArray();
    }
}
