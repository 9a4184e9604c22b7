using System.Globalization;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Diffusion.Fuzz.Tests;

/// <summary>Solvers on schedules and grids that nobody chose: each is refused or sound, and finds data that lie at one point.</summary>
[TestClass]
public sealed class TableauFuzzTests
{
    private const double Point = 1.25;

    /// <summary>Beyond this noise nothing of the point is left in sixteen digits of x.</summary>
    private const double LargestSigma = 1e6;

    private const double Tolerance = 1e-6;

    [TestMethod]
    public void Tableaus_AreSound_AndRecoverAPointMass() => Fuzzing.Try(Cases, input =>
    {
        if (Fuzzing.Refusable(() => input.Solver.Build(input.Schedule, input.Timesteps)) is not { } tableau)
        {
            return;
        }

        Assert.AreEqual(input.Timesteps.Count, tableau.Steps);
        Assert.AreEqual(NoiseLevel.Clean, tableau.Rows[^1].NextLevel);
        Assert.IsTrue(tableau.Rows.All(row => row.Level.Timestep >= 0 && row.Level.Timestep <= input.Schedule.TrainTimesteps - 1));
        if (input.Schedule.At(input.Schedule.TrainTimesteps - 1).Sigma > LargestSigma)
        {
            return;
        }

        double[] found = new TableauExecutor<double>(
            tableau, [0.3, -2.5], ExactPredictors.PointMass(Point), (row, z) => z.Fill(Math.Sin(row))).Run().ToArray();
        Numbers.AreClose([Point, Point], found, Tolerance);
    });

    private static Gen<Case> Cases
        => from schedule in Schedules
           from solver in Solvers
           from timesteps in Timesteps(schedule)
           select new Case(schedule, solver, timesteps);

    private static Gen<NoiseSchedule> Schedules
        => from kind in Gen.Choose(0, 2)
           from length in Gen.Choose(2, 200)
           from start in Gen.Choose(1, 999)
           from end in Gen.Choose(1, 999)
           let schedule = Fuzzing.Refusable(() => Schedule(kind, length, start, end))
           where schedule is not null
           select schedule;

    private static NoiseSchedule Schedule(int kind, int length, int start, int end) => kind switch
    {
        0 => NoiseSchedule.Cosine(length),
        1 => NoiseSchedule.LinearBetween(length, Math.Pow(10, -start / 200.0), Math.Pow(10, -end / 400.0)),
        _ => NoiseSchedule.FromBetas(Enumerable.Range(0, length).Select(k => (1 + (start * (k + 1) % 997)) / (1000.0 + end))),
    };

    private static Gen<ISolver> Solvers
        => from entry in Gen.Elements<SolverEntry>(KnownSolvers.All)
           from eta in Gen.Choose(0, 100)
           from variance in Gen.Elements(DdpmVariance.Beta, DdpmVariance.Posterior)
           select entry.Create(new SolverSettings
           {
               Eta = entry.Accepts.Contains("eta") ? eta / 100.0 : null,
               Variance = entry.Accepts.Contains("variance") ? variance : null,
           });

    private static Gen<IReadOnlyList<double>> Timesteps(NoiseSchedule schedule)
    {
        Gen<IReadOnlyList<double>> onGrid =
            from grid in Gen.Elements<TimestepGrid>(TimestepGrids.All)
            from steps in Gen.Choose(1, schedule.TrainTimesteps)
            select (IReadOnlyList<double>)grid.Create(schedule, steps);
        Gen<IReadOnlyList<double>> free =
            from places in Gen.ArrayOf(Gen.Choose(0, 1_000_000)).Where(places => places.Length > 0)
            select (IReadOnlyList<double>)
            [
                .. places.Distinct().OrderDescending().Select(place => (schedule.TrainTimesteps - 1) * (place / 1e6)),
            ];
        return Gen.OneOf(onGrid, free);
    }

    /// <summary>One solver on one schedule, with its steps.</summary>
    private sealed record Case(NoiseSchedule Schedule, ISolver Solver, IReadOnlyList<double> Timesteps)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Solver.Name}, {Schedule.Kind} of {Schedule.TrainTimesteps} from {Schedule.Betas[0]:r} to {Schedule.Betas[^1]:r}, "
                + $"at {string.Join(", ", Timesteps)}");
    }
}
