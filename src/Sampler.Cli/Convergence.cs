using Diffusion.CommandLine;
using Diffusion.Rendering.Figures;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli;

/// <summary>Measures how fast the solvers that draw no noise come near the exact solution of a model's probability-flow ODE.</summary>
internal static class Convergence
{
    private const int Points = 1_000;

    /// <summary>
    /// What stands for the exact solution: rk4 with this many steps, evenly in log σ, or as many as the model has timesteps.
    /// </summary>
    private const int ExactSteps = 400;

    /// <summary>About how many evaluations are spent; a solver of several evaluations a step takes the nearest number below.</summary>
    private static readonly int[] Budgets = [5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 56, 80, 112, 160, 224];

    /// <summary>The root of the mean squared distance, in the units of the network, for each solver.</summary>
    /// <param name="sampler">The model.</param>
    /// <param name="grid">The grid of all solvers; by default that which suits each.</param>
    /// <param name="meter">Receives progress reports.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A line for each solver. A run without any error, one that repeats the exact solution, is left out.</returns>
    public static IReadOnlyList<ConvergenceLine> Measure(
        DiffusionSampler sampler, TimestepGrid? grid, ProgressMeter meter, CancellationToken cancellationToken)
    {
        NoiseSchedule schedule = sampler.Card.Schedule;
        SamplingPlan exactPlan = SamplingPlan.Create(
            schedule, new SigmaOde("rk4", ButcherTableau.Classical), Math.Min(ExactSteps, schedule.TrainTimesteps), TimestepGrids.LogSnr);
        SamplingPlan[] plans = [.. KnownSolvers.All.SelectMany(entry => Plans(entry, grid, schedule))];
        long total = exactPlan.Tableau.Rows.Length + plans.Sum(plan => (long)plan.Tableau.Rows.Length);
        long done = 0;
        SampleBatch exact = Solve(exactPlan);
        return
        [
            .. from solver in plans.GroupBy(plan => plan.Solver)
               let points = solver.Select(Measured).Where(point => point.Error > 0).ToArray()
               where points.Length > 0
               select new ConvergenceLine(solver.Key, points),
        ];

        (int Evaluations, double Error) Measured(SamplingPlan plan) => (plan.Tableau.Rows.Length, Distance(exact, Solve(plan)));

        SampleBatch Solve(SamplingPlan plan)
        {
            float[] samples = new float[Points * sampler.Signature.Shape.Size];
            sampler.Run(new SamplingJob { Count = Points, Plan = plan }, samples, cancellationToken: cancellationToken);
            meter.Report(done += plan.Tableau.Rows.Length, total);
            return new SampleBatch(samples, sampler.Signature.Shape);
        }
    }

    /// <summary>The runs of a solver, one for each budget; none where it draws noise, as then it solves no ODE.</summary>
    private static IEnumerable<SamplingPlan> Plans(SolverEntry entry, TimestepGrid? grid, NoiseSchedule schedule)
    {
        ISolver solver = entry.Create(SolverSettings.Usual);
        return Budgets.Select(budget => budget / entry.EvaluationsPerStep)
            .Where(steps => steps > 1 && steps <= schedule.TrainTimesteps)
            .Distinct()
            .Select(steps => SamplingPlan.Create(schedule, solver, steps, grid))
            .Where(plan => plan.Tableau.IsDeterministic);
    }

    private static double Distance(SampleBatch exact, SampleBatch solution)
    {
        ReadOnlySpan<float> first = exact.Values;
        ReadOnlySpan<float> second = solution.Values;
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += ((double)first[i] - second[i]) * ((double)first[i] - second[i]);
        }

        return Math.Sqrt(sum / exact.Count);
    }
}
