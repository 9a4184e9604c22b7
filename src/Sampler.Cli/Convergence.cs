using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli;

/// <summary>Measures how fast the solvers that draw no noise come near the exact solution of a model's probability-flow ODE.</summary>
internal static class Convergence
{
    private const int Points = 1_000;

    /// <summary>What stands for the exact solution: rk4 with this many steps, evenly in log σ, or as many as the model has timesteps.</summary>
    private const int ExactSteps = 400;

    /// <summary>About how many evaluations are spent; a solver of several evaluations a step takes the nearest number below.</summary>
    private static readonly int[] Budgets = [5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 56, 80, 112, 160, 224];

    /// <summary>The root of the mean squared distance, in the units of the network, for each solver.</summary>
    /// <param name="sampler">The model.</param>
    /// <param name="grid">The grid of all solvers; by default that which suits each.</param>
    /// <param name="meter">Is told how far the work has come.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A line for each solver. A run without any error, one that repeats the exact solution, is left out.</returns>
    public static IReadOnlyList<ConvergenceLine> Measure(DiffusionSampler sampler, TimestepGrid? grid, ProgressMeter meter, CancellationToken cancellationToken)
    {
        NoiseSchedule schedule = sampler.Card.Schedule;
        SamplerOptions exactOptions = new()
        {
            Solver = new SigmaOde("rk4", ButcherTableau.Classical), Grid = TimestepGrids.LogSnr, Steps = Math.Min(ExactSteps, schedule.TrainTimesteps),
        };
        (SolverEntry Entry, SamplerOptions Options)[] runs = [.. KnownSolvers.All.SelectMany(entry => Runs(entry, grid, schedule))];
        long total = exactOptions.BuildTableau(schedule).Rows.Length + runs.Sum(run => (long)run.Options.BuildTableau(schedule).Rows.Length);
        long done = 0;
        PointSet exact = Solve(exactOptions);
        return
        [
            .. from solver in runs.GroupBy(run => run.Entry.Name)
               let points = solver.Select(Measured).Where(point => point.Error > 0).ToArray()
               where points.Length > 0
               select new ConvergenceLine(solver.Key, points),
        ];

        (int Evaluations, double Error) Measured((SolverEntry Entry, SamplerOptions Options) run)
            => (run.Options.BuildTableau(schedule).Rows.Length, Distance(exact, Solve(run.Options)));

        PointSet Solve(SamplerOptions options)
        {
            PointSet solution = DataUnits.Standardize(
                sampler.Card.Data, sampler.SampleTable(Points, options, cancellationToken: cancellationToken));
            meter.Report(done += options.BuildTableau(schedule).Rows.Length, total);
            return solution;
        }
    }

    /// <summary>The runs of a solver, one for each budget; none where it draws noise, as then it solves no ODE.</summary>
    private static IEnumerable<(SolverEntry Entry, SamplerOptions Options)> Runs(SolverEntry entry, TimestepGrid? grid, NoiseSchedule schedule)
    {
        SamplerOptions options = new() { Solver = entry.Create(new SolverSettings()), Grid = grid };
        return Budgets.Select(budget => budget / entry.EvaluationsPerStep)
            .Where(steps => steps > 1 && steps <= schedule.TrainTimesteps)
            .Distinct()
            .Select(steps => (entry, options with { Steps = steps }))
            .Where(run => run.Item2.BuildTableau(schedule).IsDeterministic);
    }

    private static double Distance(PointSet exact, PointSet solution)
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
