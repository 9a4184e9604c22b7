using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Data.BuiltIn;
using Diffusion.Data.Tables;
using Diffusion.Evaluation;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Sampling;
using Spectre.Console;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion likelihood: how likely a model finds points.</summary>
internal static class LikelihoodCommand
{
    private const string Column = "log_likelihood";
    private const string ErrorColumn = "standard_error";

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Argument<string> points = new("POINTS") { Description = "A .npy or .csv file with points in the units of the model's data" };
        Option<string?> output = new("--output", "-o")
        {
            Description = "A .npy or .csv file for log p(x) of every point in nats, and its standard error if estimated [default: none]",
        };
        Option<int?> steps = new("--steps")
        {
            Description = $"Number of rk4 steps, between 1 and T [default: {LikelihoodOptions.UsualSteps}]",
        };
        Option<int?> probes = new("--probes")
        {
            Description = $"Number of random probes to estimate the divergence from, between 1 and {LikelihoodOptions.MostProbes} "
                + $"[default: exact divergence up to dimension {LikelihoodOptions.LargestExactDimension}, "
                + $"{LikelihoodOptions.UsualProbes} probes above]",
        };
        Option<ulong> seed = new("--seed") { Description = "Seed of the random probes", DefaultValueFactory = _ => 0 };
        Option<string?> header = HeaderOption.Create();
        Command command = new("likelihood", "Computes log p(x) of points under a model with its probability-flow ODE.")
        {
            model, points, output, steps, probes, seed, header,
        };
        command.SetWork((parsed, cancellationToken) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            TableReading reading = new()
            {
                Columns = ColumnChoice.Of(sampler.Card.Data),
                HasHeader = HeaderOption.Parse(parsed.GetValue(header)),
                HeaderOption = HeaderOption.Name,
            };
            TableContent file = PointFile.ReadTable(parsed.GetRequiredValue(points), reading);
            LikelihoodOptions options = new()
            {
                Steps = parsed.GetValue(steps), Probes = parsed.GetValue(probes), Seed = parsed.GetValue(seed),
            };
            if (parsed.GetResult(seed) is { Implicit: false } && options.ProbesIn(sampler.Card.Data.Dimension) is null)
            {
                throw new DiffusionException(
                    $"{seed.Name} chooses the random probes, but in {sampler.Card.Data.Dimension} dimensions the divergence is exact. "
                        + $"Leave {seed.Name} out, or add {probes.Name}.");
            }

            Run(sampler, file, options, parsed.GetValue(output), cancellationToken);
        });
        return command;
    }

    private static void Run(
        DiffusionSampler sampler, TableContent file, LikelihoodOptions options, string? output, CancellationToken cancellationToken)
    {
        if (output is not null)
        {
            PointFile.RequireEnding(output);
            AtomicFile.Check(output);
        }

        LikelihoodEstimate estimate = ProgressMeter.Show(
            "likelihood", meter => sampler.EstimateLogLikelihood(file.Table, options, new SamplingMeter(meter), cancellationToken));
        Remarks.Write(file.Remarks);
        if (output is not null)
        {
            PointFile.Write(output, ToPoints(estimate));
        }

        Statistic statistic = Statistic.Of([.. estimate.LogLikelihoods]);
        string error = statistic.Spread is { } spread ? Invariant($", standard error {spread / Math.Sqrt(file.Table.Count):0.0000}") : "";
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        AddRow("points", $"{file.Table.Count}");
        AddRow("mean log p(x)", $"{statistic.Mean:0.0000} nats{error}");
        AddRow("bits per dimension", $"{-statistic.Mean / (sampler.Card.Data.Dimension * Math.Log(2)):0.0000}");
        AddRow("divergence", $"{(estimate.Probes == 0 ? "exact" : Invariant($"estimated from {estimate.Probes} random probes"))}");
        if (estimate.StandardErrors is { } errors)
        {
            // The errors of different points are independent.
            double meanError = Math.Sqrt(errors.Sum(deviation => deviation * deviation)) / errors.Count;
            AddRow("error of the estimate", $"{meanError:0.0000} nats, standard error of the mean");
        }

        if (KnownDataSets.ForModel(sampler.Card) is GaussianMixture mixture)
        {
            PointSet points = file.Table.ToPoints(mixture.Name);
            double exact = Enumerable.Range(0, points.Count).Average(i => mixture.LogDensity(points[i]));
            AddRow($"mean under {mixture.Name}", $"{exact:0.0000} nats, in closed form");
        }

        AnsiConsole.Write(grid);

        void AddRow(string name, FormattableString value)
            => grid.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Log p, <c>[n, 1]</c>, or log p and its standard error, <c>[n, 2]</c>.</summary>
    private static PointSet ToPoints(LikelihoodEstimate estimate) => estimate.StandardErrors is { } errors
        ? new PointSet(
            [.. estimate.LogLikelihoods.Zip(errors, (value, error) => new[] { (float)value, (float)error }).SelectMany(row => row)],
            2,
            [Column, ErrorColumn])
        : new PointSet([.. estimate.LogLikelihoods.Select(value => (float)value)], 1, [Column]);
}
