using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Tests.Solvers;

[TestClass]
public sealed class DdpmTests : SolverConformance
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    protected override ISolver Solver => new Ddpm(DdpmVariance.Posterior);

    /// <summary>
    /// For data N(0, I) the exact prediction is ε̂ = √(1−ᾱ)·x, every marginal is N(0, I), and β
    /// is the right variance (Ho et al. 2020, §3.2).
    /// </summary>
    [TestMethod]
    [DataRow(1000)]
    [DataRow(13)]
    public void StandardNormalData_StayStandardNormal_WithVarianceBeta(int steps)
    {
        Tableau tableau = new Ddpm(DdpmVariance.Beta).Build(Schedule, TimestepGrids.Uniform.Create(Schedule, steps));
        foreach (TableauRow row in tableau.Rows[..^1])
        {
            double factor = row.A + (row.C[0] * row.Level.Noise);
            Assert.AreEqual(1, (factor * factor) + (row.S * row.S), 1e-12);
        }
    }

    [TestMethod]
    public void FullGrid_UsesTheBetasOfTheSchedule()
    {
        Tableau tableau = new Ddpm().Build(Schedule, TimestepGrids.Uniform.Create(Schedule, 1000));
        for (int r = 0; r < 999; r++)
        {
            Assert.AreEqual(Math.Sqrt(Schedule.Betas[999 - r]), tableau.Rows[r].S, 1e-12);
        }
    }

    [TestMethod]
    public void PosteriorVariance_IsSmallerThanBeta()
    {
        double[] timesteps = TimestepGrids.Uniform.Create(Schedule, 100);
        Tableau beta = new Ddpm().Build(Schedule, timesteps);
        Tableau posterior = new Ddpm(DdpmVariance.Posterior).Build(Schedule, timesteps);
        foreach ((TableauRow larger, TableauRow smaller) in beta.Rows.Zip(posterior.Rows).SkipLast(1))
        {
            Assert.IsLessThan(larger.S, smaller.S);
        }
    }
}
