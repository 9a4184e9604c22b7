using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Solvers;

/// <summary>What every solver owes, on every grid and schedule.</summary>
internal static class SolverLaws
{
    private static readonly NoiseSchedule[] Schedules = [NoiseSchedule.Linear(), NoiseSchedule.Cosine(), NoiseSchedule.Linear(50)];

    /// <summary>All data lie at one point: any solver that ends in the jump to x̂₀ finds it, in any number of steps.</summary>
    public static void PointMassIsRecovered(ISolver solver, Func<int, double> tolerance)
    {
        double[] point = [1.25, -0.75];
        foreach ((NoiseSchedule schedule, TimestepGrid grid, int steps) in Settings())
        {
            Tableau tableau = solver.Build(schedule, grid.Create(schedule, steps));
            TableauExecutor<double> executor = new(tableau, [0.3, -1.2, 2.5, 0.1], ExactPredictors.PointMass(point), SomeNoise);
            Numbers.AreClose([.. point, .. point], executor.Run(), tolerance(steps));
        }
    }

    /// <summary>The last row reaches clean data and adds no noise; every number is finite; steps are counted right.</summary>
    public static void TableauIsSound(ISolver solver)
    {
        foreach ((NoiseSchedule schedule, TimestepGrid grid, int steps) in Settings())
        {
            Tableau tableau = solver.Build(schedule, grid.Create(schedule, steps));
            Assert.AreEqual(NoiseLevel.Clean, tableau.Rows[^1].NextLevel);
            Assert.AreEqual(0, tableau.Rows[^1].S);
            Assert.AreEqual(steps, tableau.Steps);
            Assert.IsTrue(tableau.Rows.All(row => row.Level.Timestep >= 0 && row.Level.Timestep <= schedule.TrainTimesteps - 1));
        }
    }

    /// <summary>
    /// For data N(m, s²) everything is linear, so mean and variance of the samples follow from single runs: one
    /// for the start, one for the noise of each row.
    /// </summary>
    public static void GaussianIsRecovered_InTheLimit(ISolver solver)
    {
        const double Mean = 0.7;
        const double Deviation = 0.4;
        foreach (NoiseSchedule schedule in Schedules[..2])
        {
            foreach (TimestepGrid grid in TimestepGrids.All)
            {
                Tableau tableau = solver.Build(schedule, grid.Create(schedule, schedule.TrainTimesteps));
                double[] start = new double[2 + tableau.Rows.Length];
                start[1] = 1;
                TableauExecutor<double> executor = new(
                    tableau,
                    start,
                    ExactPredictors.Gaussian(Mean, Deviation),
                    (row, z) =>
                    {
                        z.Clear();
                        z[2 + row] = 1;
                    });
                double[] ends = executor.Run().ToArray();
                double variance = ends.Skip(1).Sum(end => (end - ends[0]) * (end - ends[0]));
                Assert.AreEqual(Mean, ends[0], 0.02, $"{solver.Name}, {schedule.Kind}, {grid.Name}: mean");
                Assert.AreEqual(
                    Deviation, Math.Sqrt(variance), 0.02 * Deviation,
                    $"{solver.Name}, {schedule.Kind}, {grid.Name}: standard deviation");
            }
        }
    }

    private static IEnumerable<(NoiseSchedule Schedule, TimestepGrid Grid, int Steps)> Settings()
        => from schedule in Schedules
           from grid in TimestepGrids.All
           from steps in new[] { 1, 2, 3, 10, schedule.TrainTimesteps }
           select (schedule, grid, steps);

    private static void SomeNoise(int row, Span<double> z)
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = Math.Sin((17 * row) + (5 * i));
        }
    }
}
