using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion encode: finds the noise that points come from.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        Argument<string> points = new("POINTS") { Description = "A .npy or .csv file with points in the units of the model's data" };
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<string> output = new("--output", "-o")
        {
            Description = "The .npy or .csv file for the noise; diffusion sample --noise reads it", Required = true,
        };
        Option<int?> steps = new("--steps") { Description = "Number of steps, between 1 and T [default: as for ddim]" };
        Option<string?> spacing = new("--spacing")
        {
            Description = $"Spacing of the steps: {string.Join(", ", TimestepGrids.All.Select(grid => grid.Name))} [default: as for ddim]",
        };
        Option<string?> header = HeaderOption.Create();
        Command command = new("encode", "Finds the noise that ddim maps to given points, by running ddim backwards.")
        {
            points, model, output, steps, spacing, header,
        };
        command.SetWork((parsed, cancellationToken) =>
        {
            SolverChoice choice = new(new Ddim())
            {
                Steps = parsed.GetValue(steps),
                Grid = parsed.GetValue(spacing) is { } name ? TimestepGrids.Find(name) : null,
            };
            bool? hasHeader = HeaderOption.Parse(parsed.GetValue(header));
            (string source, string network) = (parsed.GetRequiredValue(points), parsed.GetRequiredValue(model));
            Run(source, network, parsed.GetRequiredValue(output), choice, hasHeader, cancellationToken);
        });
        return command;
    }

    private static void Run(
        string points, string model, string output, SolverChoice choice, bool? hasHeader, CancellationToken cancellationToken)
    {
        using DiffusionSampler sampler = DiffusionSampler.Load(model);
        TableReading reading = new()
        {
            Columns = ColumnChoice.Of(sampler.Card.Data), HasHeader = hasHeader, HeaderOption = HeaderOption.Name,
        };
        TableContent data = PointFile.ReadTable(points, reading);
        PointFile.RequireEnding(output);
        AtomicFile.Check(output);
        Remarks.Write(data.Remarks);
        SamplingPlan plan = choice.CreatePlan(sampler.Card.Schedule);
        PointSet noise = ProgressMeter.Show(
            "encoding", meter => PointSet.FromSamples(sampler.Encode(
                data.Table, plan, progress: new SamplingMeter(meter), cancellationToken: cancellationToken)));
        PointFile.Write(output, noise);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{noise.Count} points, {plan.Tableau.Steps} steps of ddim backwards. To reconstruct the points (more steps are more exact): "
                + $"diffusion sample {model} --noise {output} --solver ddim{Same(choice)}"));
    }

    /// <summary>The options that lead back over the same steps.</summary>
    private static string Same(SolverChoice choice)
    {
        string steps = choice.Steps is { } number ? string.Create(CultureInfo.InvariantCulture, $" --steps {number}") : "";
        return choice.Grid is { } grid ? $"{steps} --spacing {grid.Name}" : steps;
    }
}
