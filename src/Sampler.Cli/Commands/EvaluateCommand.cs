using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.DataSets;
using Diffusion.Metrics;
using Diffusion.Points;
using Spectre.Console;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion evaluate: compares samples with fresh points of the data set that the model was trained on.</summary>
internal static class EvaluateCommand
{
    private const int DefaultSeeds = 4;

    /// <summary>The seeds of true points lie far from those that people train with, whose points the model may have seen.</summary>
    private const ulong FirstTruthSeed = 1UL << 32;

    public static Command Create()
    {
        SamplingArguments sampling = new();
        Option<int> seeds = new("--seeds") { Description = "Number of independent draws that are averaged", DefaultValueFactory = _ => DefaultSeeds };
        Command command = new("evaluate", "Compares samples with fresh points of the model's data set.");
        sampling.AddTo(command);
        command.Add(seeds);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            Run(request, parsed.GetValue(seeds), cancellationToken);
        });
        return command;
    }

    private static void Run(SamplingRequest request, int seeds, CancellationToken cancellationToken)
    {
        if (seeds < 1)
        {
            throw new DiffusionException($"The number of seeds must be at least 1, was {seeds}.");
        }

        IDataSet set = TruthOf.RequireModel(request.Sampler.Card);
        List<Comparison> samples = [];
        List<Comparison> floors = [];
        for (uint k = 0; k < seeds; k++)
        {
            PointSet truth = set.Draw(request.Count, FirstTruthSeed + (2 * k));
            SamplingRequest draw = request with { Options = request.Options with { Seed = request.Options.Seed + k } };
            samples.Add(Comparison.Of(draw.Sample(cancellationToken), truth));
            floors.Add(Comparison.Of(set.Draw(request.Count, FirstTruthSeed + (2 * k) + 1), truth));
        }

        Table table = new Table().AddColumns("measure", "samples", "spread", "true points", "spread");
        AddRow(table, "1-nearest-neighbour accuracy", c => c.Accuracy, samples, floors);
        AddRow(table, "sliced 2-Wasserstein", c => c.Wasserstein, samples, floors);
        AnsiConsole.Write(table);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Describe()}, {seeds} seeds; against as many fresh points of {set.Name}"));
    }

    private static void AddRow(Table table, string name, Func<Comparison, double> measure, IEnumerable<Comparison> samples, IEnumerable<Comparison> floors)
    {
        (string sample, string sampleSpread) = Summarize(samples.Select(measure));
        (string floor, string floorSpread) = Summarize(floors.Select(measure));
        table.AddRow(name, sample, sampleSpread, floor, floorSpread);
    }

    private static (string Mean, string Spread) Summarize(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        double spread = Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
        return (mean.ToString("0.0000", CultureInfo.InvariantCulture), spread.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    private sealed record Comparison(double Accuracy, double Wasserstein)
    {
        public static Comparison Of(PointSet points, PointSet truth)
            => new(NearestNeighborTest.Accuracy(points, truth), SlicedWasserstein.Distance(points, truth));
    }
}
