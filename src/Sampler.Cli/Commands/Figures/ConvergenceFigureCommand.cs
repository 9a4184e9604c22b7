using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure convergence: error against network evaluations, a line for each solver.</summary>
internal static class ConvergenceFigureCommand
{
    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<string?> spacing = new("--spacing")
        {
            Description = $"Spacing of the steps for all solvers: {string.Join(", ", TimestepGrids.All.Select(grid => grid.Name))} "
                + "[default: see diffusion solvers]",
        };
        FigureFile file = new("NAME-convergence");
        Command command = new(
            "convergence", "Draws the error of every deterministic solver against its network evaluations, and prints the numbers.")
        {
            model, spacing,
        };
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            TimestepGrid? grid = parsed.GetValue(spacing) is { } gridName ? TimestepGrids.Find(gridName) : null;
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            string name = sampler.Card.Data.Name;
            file.Write(parsed, $"{name}-convergence", theme =>
            {
                IReadOnlyList<ConvergenceLine> lines = ProgressMeter.Show(
                    "measuring", meter => Convergence.Measure(sampler, grid, meter, cancellationToken));
                Print(lines);
                if (IsOne(lines, point => point.Evaluations) || IsOne(lines, point => point.Error))
                {
                    throw new DiffusionException(
                        $"'{name}' has too few timesteps ({sampler.Card.Schedule.TrainTimesteps}) to compare solvers: "
                            + "different errors at 2 or more numbers of network evaluations are required. "
                            + "Train with more --train-timesteps.");
                }

                return ConvergenceFigure.Draw($"{name}: error against network evaluations", lines, theme);
            }, Console.Error);
        });
        return command;
    }

    /// <summary>Whether a quantity is the same at all points, so that no axis can be drawn of it.</summary>
    private static bool IsOne(IEnumerable<ConvergenceLine> lines, Func<(int Evaluations, double Error), double> quantity)
        => lines.SelectMany(line => line.Points).Select(quantity).Distinct().Take(2).Count() < 2;

    /// <summary>Comma-separated, for other programs to draw.</summary>
    private static void Print(IReadOnlyList<ConvergenceLine> lines)
    {
        Console.WriteLine("solver,evaluations,error");
        foreach (ConvergenceLine line in lines)
        {
            foreach ((int evaluations, double error) in line.Points)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Name},{evaluations},{error:g4}"));
            }
        }
    }
}
