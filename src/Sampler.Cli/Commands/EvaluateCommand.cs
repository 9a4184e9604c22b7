using System.CommandLine;
using System.Globalization;
using Diffusion.Cli.Evaluation;
using Diffusion.CommandLine;
using Diffusion.DataSets;
using Diffusion.Files;
using Diffusion.Models;
using Spectre.Console;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion evaluate: compares samples with true points.</summary>
internal static class EvaluateCommand
{
    private const int DefaultCount = 10_000;
    private const int DefaultSeeds = 4;

    public static Command Create()
    {
        SamplingArguments sampling = new(DefaultCount);
        Option<int> seeds = new("--seeds") { Description = "Number of independent draws that are averaged", DefaultValueFactory = _ => DefaultSeeds };
        Option<string?> data = new("--data") { Description = "What to compare with: the name of a data set, or a .csv or .npy file [default: the model's own data set]" };
        Option<string?> columns = ColumnOption.Create();
        Option<bool> json = new("--json") { Description = "The report as JSON" };
        Command command = new("evaluate", "Compares samples with true points, and true points with each other.") { seeds, data, columns, json };
        sampling.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(seeds) < 1)
            {
                throw new DiffusionException($"The number of seeds must be at least 1, was {parsed.GetValue(seeds)}.");
            }

            using NetworkRequest request = sampling.ReadNetwork(parsed);
            ITruth truth = OpenTruth(request.Card, parsed.GetValue(data), parsed.GetValue(columns));
            if (request.Count < 2)
            {
                throw new DiffusionException($"At least 2 points are needed to compare sets of them, were {request.Count}.");
            }

            if (request.Options.Noise is not null)
            {
                throw new DiffusionException("An evaluation draws noise of its own for every seed. Leave --noise out.");
            }

            NetworkRequest fitting = request with { Count = Math.Min(request.Count, truth.LargestCount) };
            EvaluationReport report = Evaluator.Run(sampling.ModelPath(parsed), fitting, truth, parsed.GetValue(seeds), cancellationToken);
            Write(report, parsed.GetValue(json));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fitting.Describe()}, {report.Seeds} seeds, against as many of {truth.Name}{(fitting.Count < request.Count ? "; there are no more, as one half is compared with the other" : "")}"));
        });
        return command;
    }

    private static ITruth OpenTruth(ModelCard card, string? data, string? columns)
    {
        if (data is not null && PointFile.IsPointFile(data))
        {
            return new FileTruth(data, card.Data, PointFile.Read(data, ColumnOption.Parse(columns) ?? ColumnChoice.Of(card.Data)));
        }

        if (columns is not null)
        {
            throw new DiffusionException("--columns chooses columns of a file. Name the file with --data.");
        }

        IDataSet set = data is null
            ? TruthOf.Model(card) ?? throw new DiffusionException($"The model was trained on '{card.Data.File ?? card.Data.Name}'. Name what to compare with: --data FILE.")
            : KnownDataSets.Find(data);
        return set.Dimension == card.Data.Dimension
            ? new DataSetTruth(set)
            : throw new DiffusionException($"The points of {set.Name} have dimension {set.Dimension}, those of the model {card.Data.Dimension}.");
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
