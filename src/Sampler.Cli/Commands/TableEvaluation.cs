using System.Globalization;
using System.Text.Json;
using Diffusion.Cards;
using Diffusion.Codecs.Columns;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Evaluation.Tables;
using Diffusion.Evaluation.Tables.Pages;
using Diffusion.Files;
using Spectre.Console;
using Table = Diffusion.Tables.Table;

namespace Diffusion.Cli.Commands;

/// <summary>The part of diffusion evaluate for tables: compares synthetic rows with real ones.</summary>
internal static class TableEvaluation
{
    private const int MostRows = 100_000;

    /// <summary>Measures samples of a model.</summary>
    /// <param name="request">The model, and what to draw; as many rows as were learned from at most.</param>
    /// <param name="data">The file that the model was trained on.</param>
    /// <param name="options">What to measure, and what to do with it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void OfModel(
        SamplingRequest request, string data, TableEvaluationOptions options, CancellationToken cancellationToken)
    {
        ModelCard card = request.Card;
        RealRows real = RealRows.Read(data, card);
        real.WarnIfOther();
        Table synthetic = SampleLike(real, request, cancellationToken);
        bool isCategory = options.Target is { } target && card.Data.Table!.Require(target) is CategoryColumnSpec;
        string title = $"Rows of the model {card.Data.Name}";
        Write(real.Training, real.HoldOut, synthetic, options, title, isCategory, request.Job.Seed, cancellationToken);
    }

    /// <summary>Draws the rows of a model that are compared with real ones: as many as it was trained on at most.</summary>
    /// <param name="real">The real rows.</param>
    /// <param name="request">The model, and what to draw.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static Table SampleLike(RealRows real, SamplingRequest request, CancellationToken cancellationToken)
    {
        long count = Math.Min(Math.Min(request.Job.Count, real.Training.Count), MostRows);
        return (request with { Job = request.Job with { Count = count } }).SampleTable(cancellationToken);
    }

    /// <summary>Measures rows of a file.</summary>
    /// <param name="synthetic">The file of synthetic rows.</param>
    /// <param name="data">The file of real rows.</param>
    /// <param name="options">What to measure, and what to do with it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void OfFile(string synthetic, string data, TableEvaluationOptions options, CancellationToken cancellationToken)
    {
        Table real = Read(data, hasHeader: null).Table;
        Table rows = Read(synthetic, real.HasHeader).Table;
        string title = $"Rows of {Path.GetFileName(synthetic)}";
        Write(real, null, rows, options, title, isCategory: false, seed: 0, cancellationToken);
    }

    private static TableFileContent Read(string path, bool? hasHeader)
        => TableFile.Read(path, new TableFileOptions { HasHeader = TableFile.IsText(path) ? hasHeader : null });

    private static void Write(
        Table training, Table? holdOut, Table synthetic, TableEvaluationOptions options, string title, bool isCategory, ulong seed,
        CancellationToken cancellationToken)
    {
        TableReportOptions measured = new()
        {
            Target = options.Target,
            Categories = isCategory ? new HashSet<string> { options.Target! } : new HashSet<string>(),
            Seed = seed,
        };
        TableReport report = TableReport.Of(training, holdOut, synthetic, measured, cancellationToken);
        Remarks.Write(report.Remarks);
        if (options.AsJson)
        {
            StandardOutput.Write(stream => WriteJson(stream, report));
        }
        else
        {
            WriteTable(report);
        }

        if (options.Report is { } path)
        {
            byte[] page = TableReportPage.Write(report, title, training, synthetic);
            AtomicFile.Write(path, stream => stream.Write(page));
            Console.Error.WriteLine(path);
        }

        string real = holdOut is null ? "halves of the real rows" : Invariant($"{holdOut.Count} rows that were held out");
        Console.Error.WriteLine(Invariant($"{synthetic.Count} synthetic and {training.Count} real rows; beside them {real}"));
        options.Required.Check(report.Figures);
    }

    private static void WriteTable(TableReport report)
    {
        Spectre.Console.Table table = new Spectre.Console.Table().AddColumns("measure", "synthetic", "real");
        foreach (TableFigure figure in report.Figures)
        {
            table.AddRow(figure.Name, Text(figure.Synthetic), Text(figure.Real));
        }

        if (report.NearerToTraining is { } nearer)
        {
            table.AddRow("nearer to training than to held-out rows", Text(nearer), Text(0.5));
        }

        AnsiConsole.Write(table);

        static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static void WriteJson(Stream stream, TableReport report)
    {
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (TableFigure figure in report.Figures)
            {
                writer.WriteStartObject(figure.Name);
                writer.WriteNumber("synthetic", figure.Synthetic);
                writer.WriteNumber("real", figure.Real);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
