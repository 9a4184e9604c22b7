using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Sampling;
using Diffusion.Tables;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion fill: fills empty cells of rows.</summary>
internal static class FillCommand
{
    private const string DrawsOption = "--draws";
    private const string BestOption = "--best";
    private const string DrawColumn = "draw";
    private const int MostDraws = 10_000;

    public static Command Create()
    {
        RowArguments rows = new();
        Option<int?> draws = new(DrawsOption)
        {
            Description = $"Number of draws of every row, numbered in a column '{DrawColumn}', for multiple imputation "
                + "[default: one, unnumbered]",
        };
        Option<bool> best = new(BestOption) { Description = "Fills in the best guess rather than a random draw" };
        Command command = new("fill", "Fills empty cells of rows by what the model has learned of such rows.");
        rows.AddTo(command);
        command.Add(draws);
        command.Add(best);
        command.SetWork((parsed, cancellationToken) =>
        {
            (int? count, bool isBest) = (parsed.GetValue(draws), parsed.GetValue(best));
            Check(count, isBest);
            FillOptions options = rows.Read(parsed) with { IsBestGuess = isBest };
            rows.Run(parsed, (sampler, table) => count is null
                ? Fill(sampler, table, options, cancellationToken)
                : Table.Concat([.. Enumerable.Range(0, count.Value).Select(draw => Numbered(
                    draw + 1, Fill(sampler, table, options with { Seed = options.Seed + (ulong)draw }, cancellationToken)))]));
        });
        return command;
    }

    private static void Check(int? draws, bool isBest)
    {
        if (draws is not null and not (>= 1 and <= MostDraws))
        {
            throw new DiffusionException($"The number of draws must be between 1 and {MostDraws}; was {draws}.");
        }

        if (draws is not null && isBest)
        {
            throw new DiffusionException($"{BestOption} gives one guess; {DrawsOption} does not go with it. Leave one of them out.");
        }
    }

    private static Table Fill(DiffusionSampler sampler, Table rows, FillOptions options, CancellationToken cancellationToken)
        => ProgressMeter.Show(
            "filling", meter => sampler.Fill(rows, options, progress: new SamplingMeter(meter), cancellationToken: cancellationToken));

    private static Table Numbered(int draw, Table rows)
    {
        double[] numbers = new double[rows.Count];
        Array.Fill(numbers, draw);
        string name = DrawColumn;
        while (rows.Find(name) is not null)
        {
            name += "_";
        }

        return new Table([new NumberColumn(name, numbers, new DecimalFormat { Places = 0 }), .. rows.Columns], rows.HasHeader);
    }
}
