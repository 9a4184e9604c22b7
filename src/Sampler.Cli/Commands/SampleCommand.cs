using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Rendering;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion sample: draws points from a model.</summary>
internal static class SampleCommand
{
    internal const string OnStandardOutput = "-";
    private const string WideOption = "--float64";

    public static Command Create()
    {
        SamplingArguments sampling = new();
        QueryOptions query = new();
        Option<string?> output = new("--output", "-o")
        {
            Description = $"A .npy or .csv file, for a table also .parquet, .tsv or .csv.gz, or {OnStandardOutput} for comma-separated "
                + $"text on standard output [default: {OnStandardOutput}; none with --show]",
        };
        Option<bool> show = new("--show") { Description = "Draws the points, or the columns of a table, on the terminal" };
        Option<string?> trajectory = new("--trajectory")
        {
            Description = "A .npy file for the start and every step, [steps + 1, n, d], in the units of the data [default: none]",
        };
        Option<bool> wide = new(WideOption) { Description = "Writes .npy files as float64 [default: float32]" };
        Command command = new("sample", "Draws points from a model.");
        sampling.AddTo(command);
        query.AddTo(command);
        command.Add(output);
        command.Add(trajectory);
        command.Add(wide);
        command.Add(show);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            Run(
                query.Apply(parsed, request),
                parsed.GetValue(output) ?? (parsed.GetValue(show) ? null : OnStandardOutput),
                parsed.GetValue(trajectory),
                parsed.GetValue(wide) ? NumberWidth.Bits64 : NumberWidth.Bits32,
                parsed.GetValue(show),
                cancellationToken);
        });
        return command;
    }

    private static void Run(
        SamplingRequest request, string? output, string? trajectory, NumberWidth width, bool show, CancellationToken cancellationToken)
    {
        if (show && output == OnStandardOutput)
        {
            throw new DiffusionException("--show and --output - both write to standard output. Leave one of them out, or specify a file.");
        }

        if (request.Card.Data.Table is not null)
        {
            string? refused = trajectory is not null ? "--trajectory" : width == NumberWidth.Bits64 ? WideOption : null;
            TableOutput.Write(request, output, show, refused, cancellationToken);
            return;
        }

        CheckPlaces(output, trajectory);
        bool isArray = output is not null && PointFile.IsNpy(output);
        if (width == NumberWidth.Bits64 && !isArray && trajectory is null)
        {
            throw new DiffusionException(
                $"{WideOption} applies to .npy files; text always has all digits. Leave it out, or specify a .npy file.");
        }

        if (width == NumberWidth.Bits32 && (isArray || trajectory is not null))
        {
            FloatResolution.RequireAndWarn(request.Card.Data, WideOption);
        }

        NumberWidth outputWidth = isArray ? width : request.TextWidth;
        Stopwatch watch = Stopwatch.StartNew();
        NumericTable? drawn = null;
        if (trajectory is not null)
        {
            Write([WriteTrajectory(request, trajectory, width, cancellationToken)]);
        }
        else if (output is null || (output == OnStandardOutput && !Console.IsOutputRedirected))
        {
            // On a terminal the points come after the progress bar, not into it.
            Write([request.SampleNumbers(cancellationToken)]);
        }
        else
        {
            request.Write(Write, cancellationToken);
        }

        if (show)
        {
            string plot = TerminalPlot.Draw(LearnedColumns.ToPoints(request.Card.Data, drawn!));
            StandardOutput.Write(stream => stream.Write(Encoding.UTF8.GetBytes(plot)));
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Describe()}, {watch.Elapsed.TotalSeconds:0.00} s"));

        // The first piece is enough to draw.
        void Write(IEnumerable<NumericTable> pieces) => SampleCommand.Write(output, request.Job.Count, outputWidth, pieces.Select(piece =>
        {
            drawn ??= piece;
            return piece;
        }));
    }

    private static void Write(string? output, long count, NumberWidth width, IEnumerable<NumericTable> pieces)
    {
        if (output is null)
        {
            _ = pieces.Count();
        }
        else if (output == OnStandardOutput)
        {
            StandardOutput.Write(stream => CsvFile.Write(stream, pieces, width));
        }
        else
        {
            PointFile.Write(output, count, pieces, width);
        }
    }

    private static void CheckPlaces(string? output, string? trajectory)
    {
        if (output is not null and not OnStandardOutput)
        {
            PointFile.RequireEnding(output);
            AtomicFile.Check(output);
        }

        if (trajectory is not null)
        {
            if (!Path.GetExtension(trajectory).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            {
                throw new DiffusionException($"A trajectory must be a .npy file; '{trajectory}' has another extension.");
            }

            AtomicFile.Check(trajectory);
        }
    }

    /// <summary>Writes step after step as they come; the rows of the last one are the samples.</summary>
    private static NumericTable WriteTrajectory(
        SamplingRequest request, string path, NumberWidth width, CancellationToken cancellationToken)
    {
        NumericTable? last = null;
        AtomicFile.Write(path, stream =>
        {
            NpyFile.WriteHeader(stream, width, request.Tableau.Steps + 1, request.CountInMemory, request.Card.Data.Width);
            request.WriteTables(
                tables =>
                {
                    foreach (NumericTable table in tables)
                    {
                        NpyFile.WriteValues(stream, table, width);
                        last = table;
                    }
                },
                cancellationToken);
        });
        return last!;
    }
}
