using Diffusion.Randomness;
using Diffusion.Sampling;
using Diffusion.Schedules;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Solvers;

/// <summary>What every solver owes, on every grid and schedule.</summary>
[TestClass]
public sealed class SolverLawTests
{
    private static readonly ISolver[] Solvers =
    [
        .. KnownSolvers.All.Select(entry => entry.Create(new SolverSettings())),
        new Ddpm(DdpmVariance.Posterior), new Ddim(0.5), new Ddim(1),
    ];

    private static readonly NoiseSchedule[] Schedules = [NoiseSchedule.Linear(), NoiseSchedule.Cosine(), NoiseSchedule.Linear(50)];

    public static IEnumerable<object[]> Everything
        => from solver in Enumerable.Range(0, Solvers.Length)
           from schedule in Enumerable.Range(0, Schedules.Length)
           from grid in TimestepGrids.All
           from steps in new[] { 1, 2, 10, Schedules[schedule].TrainTimesteps }
           select new object[] { solver, schedule, grid.Name, steps };

    [TestMethod]
    [DynamicData(nameof(Everything))]
    public void PointMass_IsRecovered_ForAnyStepCount(int solver, int schedule, string grid, int steps)
    {
        double[] point = [1.25, -0.75];
        Tableau tableau = Build(solver, schedule, grid, steps);
        TableauExecutor<double> executor = new(tableau, [0.3, -1.2, 2.5, 0.1], ExactPredictors.PointMass(Schedules[schedule], point), Noise);
        Numbers.AreClose([.. point, .. point], executor.Run(), 1e-9);
    }

    [TestMethod]
    [DynamicData(nameof(Everything))]
    public void LastStep_EndsAtCleanData_WithoutNoise(int solver, int schedule, string grid, int steps)
    {
        Tableau tableau = Build(solver, schedule, grid, steps);
        Assert.AreEqual(NoiseSchedule.CleanIndex, tableau.Rows[^1].NextTimestep);
        Assert.AreEqual(0, tableau.Rows[^1].S);
        Assert.AreEqual(steps, tableau.Steps);
    }

    private static Tableau Build(int solver, int schedule, string grid, int steps)
        => Solvers[solver].Build(Schedules[schedule], TimestepGrids.Find(grid).Create(Schedules[schedule], steps));

    private static void Noise(int row, Span<double> z)
    {
        float[] numbers = new float[z.Length];
        new PhiloxNormal(7, RandomDomain.Sampling).Fill((uint)row, 0, numbers);
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = numbers[i];
        }
    }
}
