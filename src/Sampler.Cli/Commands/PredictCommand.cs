using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Codecs.Columns;
using Diffusion.Sampling;
using Diffusion.Tables;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion predict: what a column of rows may be, given the others.</summary>
internal static class PredictCommand
{
    private const int UsualDraws = 100;
    private const int MostDraws = 10_000;
    private const int ProbabilityPlaces = 4;

    private static readonly (string Name, double Share)[] Quantiles = [("q10", 0.1), ("q50", 0.5), ("q90", 0.9)];

    public static Command Create()
    {
        RowArguments rows = new();
        Option<string> target = new("--target") { Description = "The column to predict", Required = true };
        Option<int> draws = new("--draws") { Description = "Number of draws of each row", DefaultValueFactory = _ => UsualDraws };
        Command command = new("predict", "Predicts a column of rows: probabilities of categories, or mean and quantiles of numbers.");
        rows.AddTo(command);
        command.Add(target);
        command.Add(draws);
        command.SetWork((parsed, cancellationToken) =>
        {
            int count = parsed.GetValue(draws);
            if (count is < 1 or > MostDraws)
            {
                throw new DiffusionException($"The number of draws must be between 1 and {MostDraws}; was {count}.");
            }

            FillOptions options = rows.Read(parsed);
            rows.Run(parsed, (sampler, table) => Predict(
                sampler, table, parsed.GetRequiredValue(target), count, options, cancellationToken));
        });
        return command;
    }

    private static Table Predict(
        DiffusionSampler sampler, Table rows, string target, int draws, FillOptions options, CancellationToken cancellationToken)
    {
        ColumnSpec column = sampler.Card.RequireTable().Require(target);
        TableColumn[] others = [.. rows.Columns.Where(other => other.Name != target)];
        if (others.Length == 0)
        {
            throw new DiffusionException($"The rows have no column beside '{target}' to predict it from.");
        }

        Table open = new(others, rows.HasHeader);
        TableColumn[] drawn = ProgressMeter.Show("predicting", meter => Enumerable.Range(0, draws).Select(draw =>
        {
            Table filled = sampler.Fill(open, options with { Seed = options.Seed + (ulong)draw }, cancellationToken: cancellationToken);
            meter.Report(draw + 1, draws);
            return filled[target];
        }).ToArray());
        return new Table(
            column is NumberColumnSpec number ? Numbers(number, drawn) : Shares((CategoryColumnSpec)column, drawn), rows.HasHeader);
    }

    /// <summary>The share of each category among the draws.</summary>
    private static TableColumn[] Shares(CategoryColumnSpec column, TableColumn[] drawn)
        => [.. Enumerable.Range(0, column.Counts.Count).Select(column.TextOf).Select(text => new NumberColumn(
            $"p({text})",
            [.. Enumerable.Range(0, drawn[0].Count).Select(row => (double)drawn.Count(draw => draw.GetText(row) == text) / drawn.Length)],
            new DecimalFormat { Places = ProbabilityPlaces }))];

    /// <summary>Mean and quantiles of the draws.</summary>
    private static TableColumn[] Numbers(NumberColumnSpec column, TableColumn[] drawn)
    {
        double[][] sorted = [.. Enumerable.Range(0, drawn[0].Count).Select(
            row => drawn.Select(draw => ((NumberColumn)draw).Values[row]).Order().ToArray())];
        return
        [
            Make("mean", values => values.Average()),
            .. Quantiles.Select(quantile => Make(quantile.Name, values => values[(int)Math.Round(quantile.Share * (values.Length - 1))])),
        ];

        NumberColumn Make(string name, Func<double[], double> summarize)
            => new($"{column.Name} {name}", Array.ConvertAll(sorted, values => Round(summarize(values))), column.Format);

        double Round(double value) => column.Format.Decimals is { } places ? Math.Round(value, places) : value;
    }
}
