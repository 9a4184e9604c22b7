using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Evaluation;
using Diffusion.Evaluation.Tables;
using Diffusion.Sampling;
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
        Option<string?> target = new("--target") { Description = "A column of a table that is predicted from the others [default: none]" };
        Option<string?> require = new("--require")
        {
            Description = "Limits of a table's figures, such as score=0.95,copies=0; exit code 3 where one is not kept [default: none]",
        };
        Option<string?> page = new("--report") { Description = "An .html file for a table's report, with pictures [default: none]" };
        Option<bool> json = new("--json") { Description = "Writes the report as JSON" };
        Command command = new("evaluate", "Compares samples with true points, and true points with each other as a reference.")
        {
            seeds, json, target, require, page,
        };
        data.AddTo(command);
        sampling.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(seeds) < 1)
            {
                throw new DiffusionException($"The number of seeds must be at least 1; was {parsed.GetValue(seeds)}.");
            }

            TableEvaluationOptions options = new(
                parsed.GetValue(target), parsed.GetValue(json), parsed.GetValue(page), Requirements.Parse(parsed.GetValue(require)));
            options.RequireHtml();
            options.Required.RequireKnown(TableReport.Keys(options.Target is not null));
            if (TableFile.IsTableFile(sampling.ModelPath(parsed)))
            {
                TableEvaluation.OfFile(sampling.ModelPath(parsed), data.RequireFile(parsed), options, cancellationToken);
                return;
            }

            using SamplingRequest request = sampling.ReadNetwork(parsed);
            if (request.Card.Data.Table is not null)
            {
                TableEvaluation.OfModel(request, data.RequireFile(parsed), options, cancellationToken);
                return;
            }

            if (new[] { require, target, page }.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } wrong)
            {
                throw new DiffusionException($"{wrong.Name} applies to tables; this is the model of points. Leave it out.");
            }

            if (request.Job.Count > MostPoints)
            {
                throw new DiffusionException(
                    $"At most {MostPoints} points can be compared; requested {request.Job.Count}. Average over more --seeds instead.");
            }

            ITruth truth = data.OpenTruth(parsed, request.Card);
            SamplingRequest fitting = Fit(request, truth);
            Remarks.Write(truth.Remarks);
            EvaluationReport report = Evaluate(sampling.ModelPath(parsed), fitting, truth, parsed.GetValue(seeds), cancellationToken);
            Write(report, parsed.GetValue(json));
            string limit = fitting.Job.Count < request.Job.Count
                ? "; limited to half of the rows, which are compared with the other half"
                : "";
            string runs = report.Seeds == 1 ? "1 seed" : string.Create(CultureInfo.InvariantCulture, $"{report.Seeds} seeds");
            Console.Error.WriteLine($"{fitting.Describe()}, {runs}, compared with as many {truth.Name}{limit}");
        });
        return command;
    }

    /// <summary>The request with no more points than there are true ones to compare with.</summary>
    /// <exception cref="DiffusionException">It cannot be evaluated.</exception>
    internal static SamplingRequest Fit(SamplingRequest request, ITruth truth)
    {
        if (request.Job.Count < 2)
        {
            throw new DiffusionException($"At least 2 points are required; requested {request.Job.Count}.");
        }

        if (request.Job.Noise is not null)
        {
            throw new DiffusionException("An evaluation draws its own noise for every seed. Leave --noise out.");
        }

        return request with { Job = request.Job with { Count = Math.Min(request.Job.Count, truth.LargestCount) } };
    }

    internal static EvaluationReport Evaluate(
        string path, SamplingRequest request, ITruth truth, int seeds, CancellationToken cancellationToken)
    {
        EvaluationResult result = ProgressMeter.Show("evaluating", meter => Evaluator.Run(
            (DiffusionSampler)request.Sampler, truth, request.Job, seeds, new SeedMeter(meter, seeds), cancellationToken));
        return new EvaluationReport
        {
            Model = path,
            Truth = truth.Name,
            Points = result.Points,
            Seeds = result.Seeds,
            Solver = request.Plan.Label,
            Steps = request.Tableau.Steps,
            NetworkEvaluations = request.Tableau.Rows.Length,
            Measures = result.Measures,
            ExcessError = result.ExcessError,
        };
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

    private sealed class SeedMeter(ProgressMeter meter, int seeds) : IProgress<int>
    {
        public void Report(int value) => meter.Report(value, seeds);
    }
}
