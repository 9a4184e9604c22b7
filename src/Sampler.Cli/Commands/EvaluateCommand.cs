using System.CommandLine;
using System.Globalization;
using Diffusion.Cli.Evaluation;
using Diffusion.CommandLine;
using Spectre.Console;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion evaluate: compares samples with true points.</summary>
internal static class EvaluateCommand
{
    private const int DefaultCount = 10_000;

    /// <summary>Each is compared with all others: so many take minutes for each seed, ten times as many would take hours.</summary>
    private const int MostPoints = 100_000;

    private const int DefaultSeeds = 4;

    public static Command Create()
    {
        SamplingArguments sampling = new(DefaultCount);
        Option<int> seeds = new("--seeds")
        {
            Description = "Number of independent runs to average over", DefaultValueFactory = _ => DefaultSeeds,
        };
        DataArguments data = new();
        Option<bool> json = new("--json") { Description = "Writes the report as JSON" };
        Command command = new("evaluate", "Compares samples with true points, and true points with each other as a reference.")
        {
            seeds, json,
        };
        data.AddTo(command);
        sampling.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(seeds) < 1)
            {
                throw new DiffusionException($"The number of seeds must be at least 1; was {parsed.GetValue(seeds)}.");
            }

            using NetworkRequest request = sampling.ReadNetwork(parsed);
            if (request.Count > MostPoints)
            {
                throw new DiffusionException(
                    $"At most {MostPoints} points can be compared; requested {request.Count}. Average over more --seeds instead.");
            }

            ITruth truth = data.OpenTruth(parsed, request.Card);
            NetworkRequest fitting = Evaluator.Fit(request, truth);
            Remarks.Write(truth.Remarks);
            EvaluationReport report = Evaluator.Run(sampling.ModelPath(parsed), fitting, truth, parsed.GetValue(seeds), cancellationToken);
            Write(report, parsed.GetValue(json));
            string limit = fitting.Count < request.Count ? "; limited to half of the rows, which are compared with the other half" : "";
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{fitting.Describe()}, {report.Seeds} {(report.Seeds == 1 ? "seed" : "seeds")}, compared with as many {truth.Name}{limit}"));
        });
        return command;
    }

    private static void Write(EvaluationReport report, bool asJson)
    {
        if (asJson)
        {
            StandardOutput.Write(report.WriteJson);
        }
        else
        {
            report.WriteTables(AnsiConsole.Console);
        }
    }
}
