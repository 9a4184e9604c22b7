using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting;
using Diffusion.Sampling;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure compare: what solvers make of the same noise in different numbers of steps.</summary>
internal static class CompareFigureCommand
{
    private const string DefaultSolvers = "ddpm,ddim,dpm++3m";
    private const string DefaultSteps = "5,10,20,50,100";
    private const int MostNumbers = 8;
    private const int DefaultCount = 1_000;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<string?> solvers = SolverListOption.Create("--solvers", "Solvers, one row each", DefaultSolvers);
        Option<string> steps = new("--steps")
        {
            Description = "Numbers of steps, separated by commas, one column each", DefaultValueFactory = _ => DefaultSteps,
        };
        Option<int> count = new("--count", "-n") { Description = "Number of points", DefaultValueFactory = _ => DefaultCount };
        Option<ulong> seed = new("--seed") { Description = "Seed of the noise, the same for all solvers", DefaultValueFactory = _ => 0 };
        DataArguments data = new();
        FigureFile file = new("NAME-compare");
        Command command = new("compare", "Draws samples of several solvers from the same noise, with few and with many steps.")
        {
            model, solvers, steps, count, seed,
        };
        data.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            int[] numbers = ParseSteps(parsed.GetRequiredValue(steps));
            SamplingJob job = new() { Count = parsed.GetValue(count), Seed = parsed.GetValue(seed) };
            SamplingPlan[] plans =
            [
                .. from solver in SolverListOption.Parse(parsed.GetValue(solvers) ?? DefaultSolvers)
                   from number in numbers
                   select sampler.CreatePlan(SolverArguments.Create(solver, sampler.Card), number),
            ];
            StartWarning.Write(sampler.Card.Schedule, plans.Select(plan => plan.Tableau));
            sampler.Validate(job, new ExecutionOptions(), isInMemory: true);
            PointSet? truth = data.Points(parsed, sampler.Card, parsed.GetValue(count));
            file.Write(
                parsed, $"{sampler.Card.Data.Name}-compare",
                theme => Draw(sampler, job, plans, numbers.Length, truth, theme, cancellationToken));
        });
        return command;
    }

    private static Drawing Draw(
        DiffusionSampler sampler, SamplingJob job, SamplingPlan[] plans, int columns, PointSet? truth, Theme theme,
        CancellationToken cancellationToken)
    {
        List<Panel> panels = ProgressMeter.Show("sampling", meter =>
        {
            List<Panel> drawn = [];
            foreach (SamplingPlan plan in plans)
            {
                meter.Report(drawn.Count, plans.Length);
                int evaluations = plan.Tableau.Rows.Length;
                string calls = evaluations == plan.Tableau.Steps
                    ? ""
                    : string.Create(CultureInfo.InvariantCulture, $" ({evaluations} calls)");
                drawn.Add(new Panel(
                    $"{plan.Caption}{calls}", sampler.Sample(job with { Plan = plan }, cancellationToken: cancellationToken)));
            }

            meter.Report(plans.Length, plans.Length);
            return drawn;
        });

        // Solvers that diverge throw points far out; the panels keep to where the data are, and the points of the most steps.
        PlotRange range = PlotRange.Around([panels[^1].Points, .. truth is null ? [] : new[] { truth }]);
        return StripFigure.Draw(
            $"{sampler.Card.Data.Name}: samples of several solvers from the same noise",
            string.Create(CultureInfo.InvariantCulture, $"{job.Count} points"),
            panels,
            range,
            theme,
            columns);
    }

    private static int[] ParseSteps(string list)
    {
        string[] words = list.Split(',', StringSplitOptions.TrimEntries);
        return words.Length > MostNumbers
            ? throw new DiffusionException($"--steps must list at most {MostNumbers} numbers; found {words.Length}.")
            : Array.ConvertAll(words, word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new DiffusionException(
                    $"--steps must be whole numbers separated by commas, such as {DefaultSteps}; found '{word}'."));
    }
}
