using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure paths: the ways of some points from noise to data.</summary>
internal static class PathsFigureCommand
{
    private const string DefaultSolvers = "ddpm,ddim";
    private const int DefaultCount = 8;
    private const int MostPoints = 500;
    private const int GhostPoints = 2_000;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<string?> solvers = SolverListOption.Create("--solvers", "Solvers, one panel each", DefaultSolvers);
        Option<int> count = new("--count", "-n")
        {
            Description = $"Number of points, between 1 and {MostPoints}", DefaultValueFactory = _ => DefaultCount,
        };
        Option<int?> steps = new("--steps") { Description = "Number of steps, between 1 and T [default: see diffusion solvers]" };
        Option<ulong> seed = new("--seed") { Description = "Seed of the noise, the same for all solvers", DefaultValueFactory = _ => 0 };
        DataArguments data = new();
        FigureFile file = new("NAME-paths");
        Command command = new("paths", "Draws the paths of points from the same noise to data, by several solvers.")
        {
            model, solvers, count, steps, seed,
        };
        data.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            int points = parsed.GetValue(count);
            if (points is < 1 or > MostPoints)
            {
                throw new DiffusionException($"The number of points must be between 1 and {MostPoints}; was {points}.");
            }

            SamplingJob job = new() { Count = points, Seed = parsed.GetValue(seed) };
            SamplingPlan[] plans =
            [
                .. SolverListOption.Parse(parsed.GetValue(solvers) ?? DefaultSolvers)
                    .Select(solver => sampler.CreatePlan(SolverArguments.Create(solver, sampler.Card), parsed.GetValue(steps))),
            ];
            StartWarning.Write(sampler.Card.Schedule, plans.Select(plan => plan.Tableau));
            PointSet? truth = data.Points(parsed, sampler.Card, GhostPoints);
            string name = sampler.Card.Data.Name;
            file.Write(parsed, $"{name}-paths", theme =>
            {
                ReverseRun[] runs = Array.ConvertAll(plans, plan => new ReverseRun(
                    plan.Caption, [.. sampler.Frames(job with { Plan = plan }, cancellationToken: cancellationToken)]));
                string subtitle = string.Create(
                    CultureInfo.InvariantCulture, $"{points} points from the same noise; rings: start, dots: end");
                return PathsFigure.Draw($"{name}: paths from noise to data", subtitle, runs, truth, theme);
            });
        });
        return command;
    }
}
