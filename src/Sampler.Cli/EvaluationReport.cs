using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diffusion.Evaluation;
using Spectre.Console;

namespace Diffusion.Cli;

/// <summary>What diffusion evaluate found.</summary>
internal sealed record EvaluationReport
{
    public required string Model { get; init; }

    public required string Truth { get; init; }

    public required int Points { get; init; }

    public required int Seeds { get; init; }

    public required string Solver { get; init; }

    public required int Steps { get; init; }

    public required int NetworkEvaluations { get; init; }

    public required IReadOnlyList<MeasureResult> Measures { get; init; }

    /// <summary>Null where the exact prediction is not known.</summary>
    public required ExcessError? ExcessError { get; init; }

    public void WriteJson(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, ReportJson.Default.EvaluationReport);
        stream.WriteByte((byte)'\n');
    }

    public void WriteTables(IAnsiConsole console)
    {
        Table table = new Table().AddColumns("measure", "samples", "true points", "exact");
        foreach (MeasureResult measure in Measures)
        {
            table.AddRow(
                measure.Name, $"{measure.Samples}", $"{measure.TruePoints}",
                measure.Exact?.ToString("0.####", CultureInfo.InvariantCulture) ?? "");
        }

        console.Write(table.Caption("mean ± standard deviation of a single seed"));
        if (ExcessError is not null)
        {
            Table levels = new Table().AddColumns("i", "E‖ε_θ − ε*‖²/d");
            foreach (ExcessErrorLevel level in ExcessError.Levels)
            {
                levels.AddRow($"{level.First} … {level.Last}", Format(level.Mean));
            }

            console.Write(levels.AddRow("all", Format(ExcessError.Mean)));
        }

        static string Format(double value) => value.ToString("0.00000", CultureInfo.InvariantCulture);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
