using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Diffusion.Cards;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Files;
using Diffusion.Onnx;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Time;
using Spectre.Console;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion inspect: shows what a model says about itself.</summary>
internal static class InspectCommand
{
    /// <summary>Longer values, in characters, lose their middle; <c>--json</c> shows them whole.</summary>
    private const int LongestValue = 2_000;

    private static readonly string[] Columns = ["t", "alpha_bar", "sigma"];

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        Option<bool> json = new("--json") { Description = "Writes the metadata as JSON" };
        Option<bool> levels = new("--levels") { Description = "Writes ᾱ and σ at every time t as comma-separated text" };
        Command command = new("inspect", "Shows the metadata of a model.") { model, json, levels };
        command.SetWork((parsed, _) =>
        {
            string path = parsed.GetRequiredValue(model);
            IReadOnlyDictionary<string, string> metadata = OnnxFile.ReadMetadata(InputFile.ReadBytes(path), path);
            ModelCard card = ModelCard.FromMetadata(metadata, path);
            SolverInfo? solver = SolverInfo.FromMetadata(metadata, path);
            if (parsed.GetValue(json) && parsed.GetValue(levels))
            {
                throw new DiffusionException("--json and --levels both write to standard output. Leave one of them out.");
            }

            if (parsed.GetValue(levels))
            {
                WriteLevels(card.Schedule);
            }
            else if (parsed.GetValue(json))
            {
                WriteJson(solver?.ToMetadata(card) ?? card.ToMetadata());
            }
            else
            {
                SamplingPlan? plan = solver?.ToPlan(card.Schedule, path);
                WriteTable(card, plan is null ? null : $"{plan.Caption}, {plan.Tableau.Rows.Length} network evaluations");
            }
        });
        return command;
    }

    private static void WriteJson(IReadOnlyDictionary<string, string> metadata)
    {
        StandardOutput.Write(stream =>
        {
            using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
            {
                writer.WriteStartObject();
                foreach ((string key, string value) in metadata)
                {
                    writer.WritePropertyName(key);
                    writer.WriteRawValue(value);
                }

                writer.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        });
    }

    private static void WriteLevels(NoiseSchedule schedule)
    {
        IEnumerable<NoiseLevel> levels = Enumerable.Range(0, schedule.TrainTimesteps + 1)
            .Select(time => schedule.At(PaperTime.ToTimestep(time)));
        NumericTable table = new(
            [.. levels.SelectMany(level => new[] { level.Time, level.AlphaBar, level.Sigma })],
            Columns.Length, Columns);
        StandardOutput.Write(stream => CsvFile.Write(stream, [table], NumberWidth.Bits64));
    }

    private static void WriteTable(ModelCard card, string? solver)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        NoiseSchedule schedule = card.Schedule;
        Row("data", $"{card.Data.Name}");
        if (card.Data.File is { } file)
        {
            Row("file", $"{file}, SHA-256 {card.Data.FileSha256 ?? "unknown"}");
        }

        Row("dimension", $"{card.Data.Dimension}");
        if (card.Data.Columns is { } columns)
        {
            Row("columns", $"{string.Join(", ", columns)}");
        }

        if (card.Data.Constants is { } constants)
        {
            string[] values =
            [
                .. constants.Select(constant => string.Create(
                    CultureInfo.InvariantCulture, $"{constant.Name ?? $"column {constant.Position + 1}"} = {constant.Value}")),
            ];
            Row("constants", $"{string.Join(", ", values)}");
        }

        if (card.Data.Table is { } table)
        {
            Row("columns", $"{string.Join(", ", table.Columns.Select(column => column.Name))}");
        }

        Row("predicts", $"{card.Prediction}");
        if (card.ClipSample is { } bound)
        {
            string thresholding = card.Thresholding is { } threshold
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $", with dynamic thresholding at quantile {threshold.Percentile}, at most {threshold.LargestReach}")
                : "";
            Row("clips", $"predicted clean data to ±{bound} in the network's units{thresholding}");
        }

        string betas = string.Create(CultureInfo.InvariantCulture, $"β from {schedule.Betas[0]:g4} to {schedule.Betas[^1]:g4}");
        Row("schedule", $"{schedule.Kind}, T = {schedule.TrainTimesteps}, {betas}, ᾱ_T = {schedule.TerminalAlphaBar:g3}");
        if (schedule.Grid is { } spacing)
        {
            Row("spacing", $"{spacing.Name}");
        }

        if (schedule.FinalIndex != NoiseSchedule.CleanIndex)
        {
            Row("last step", $"ends at ᾱ = {schedule.Final.AlphaBar:g6} instead of clean data");
        }

        if (card.Variance is { } variance)
        {
            Row("variance of ddpm", $"{variance}");
        }

        if (!card.Conditions.IsEmpty)
        {
            string classes = card.ClassNames is { } names ? $" ({string.Join(", ", names)})" : "";
            string labels = card.Conditions.TakesLabels ? Invariant($"{card.Conditions.ClassCount} classes{classes}") : "";
            string given = card.Conditions.TakesGiven ? "given values" : "";
            Row("conditions", $"{string.Join("; ", new[] { labels, given }.Where(text => text.Length > 0))}");
        }

        if (card.Sampling is not null)
        {
            Row("recommended", $"{card.Sampling.CreatePlan(schedule).Caption}");
        }

        if (solver is not null)
        {
            Row("compiled solver", $"{solver}");
        }

        if (card.Training is { } training)
        {
            Row("trained with", $"{training.Command}");
            Row("seed", $"{training.Seed}");
            Row("iterations", $"{training.Iterations}");
            Row("loss", $"{training.Loss:0.0000}");
            if (training.HoldOutLoss is { } holdOut)
            {
                Row("hold-out loss", $"{holdOut:0.0000}");
            }

            Row("packages", $"{string.Join(", ", training.Packages.Select(package => $"{package.Key} {package.Value}"))}");
        }

        AnsiConsole.Write(grid);

        void Row(string name, FormattableString value)
            => grid.AddRow(new Text(name), new Text(PlainText.Of(value.ToString(CultureInfo.InvariantCulture), LongestValue)));
    }
}
