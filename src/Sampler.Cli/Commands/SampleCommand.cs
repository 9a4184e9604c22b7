using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Files;
using Diffusion.Points;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion sample: draws points from a model.</summary>
internal static class SampleCommand
{
    private const string OnStandardOutput = "-";

    public static Command Create()
    {
        SamplingArguments sampling = new();
        Option<string> output = new("--output", "-o") { Description = "A .npy or .csv file, or - for comma-separated text on standard output", DefaultValueFactory = _ => OnStandardOutput };
        Option<string?> trajectory = new("--trajectory") { Description = "Also write every step to a .npy file, [frames, n, d], in the units of the data" };
        Command command = new("sample", "Draws points from a model.");
        sampling.AddTo(command);
        command.Add(output);
        command.Add(trajectory);
        command.SetWork((parsed, cancellationToken) => Run(sampling, parsed, parsed.GetRequiredValue(output), parsed.GetValue(trajectory), cancellationToken));
        return command;
    }

    private static void Run(SamplingArguments sampling, ParseResult parsed, string output, string? trajectory, CancellationToken cancellationToken)
    {
        using SamplingRequest request = sampling.Read(parsed);
        CheckPlaces(output, trajectory);
        Stopwatch watch = Stopwatch.StartNew();
        if (trajectory is not null)
        {
            Write(output, request.Count, [WriteTrajectory(request, trajectory, cancellationToken)]);
        }
        else if (output == OnStandardOutput && !Console.IsOutputRedirected)
        {
            // On a terminal the points come after the progress bar, not into it.
            Write(output, request.Count, [request.Sample(cancellationToken)]);
        }
        else
        {
            request.Write(pieces => Write(output, request.Count, pieces), cancellationToken);
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Describe()}, {watch.Elapsed.TotalSeconds:0.00} s"));
    }

    private static void Write(string output, long count, IEnumerable<PointSet> pieces)
    {
        if (output == OnStandardOutput)
        {
            StandardOutput.Write(stream => CsvFile.Write(stream, pieces));
        }
        else
        {
            PointFile.Write(output, count, pieces);
        }
    }

    private static void CheckPlaces(string output, string? trajectory)
    {
        if (output != OnStandardOutput)
        {
            PointFile.RequireEnding(output);
            AtomicFile.Check(output);
        }

        if (trajectory is not null)
        {
            if (!Path.GetExtension(trajectory).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            {
                throw new DiffusionException($"A trajectory is kept in a .npy file, but '{trajectory}' ends otherwise.");
            }

            if (output != OnStandardOutput && Path.GetFullPath(trajectory) == Path.GetFullPath(output))
            {
                throw new DiffusionException($"The points and the trajectory cannot both be written to '{output}'. Name two files.");
            }

            AtomicFile.Check(trajectory);
        }
    }

    /// <summary>Writes frame after frame as they come; the points of the last one are the samples.</summary>
    private static PointSet WriteTrajectory(SamplingRequest request, string path, CancellationToken cancellationToken)
    {
        PointSet? last = null;
        AtomicFile.Write(path, stream =>
        {
            NpyFile.WriteHeader(stream, request.Tableau.Steps + 1, request.CountInMemory, request.Card.Data.Dimension);
            request.WriteFrames(
                frames =>
                {
                    foreach (Frame frame in frames)
                    {
                        NpyFile.WriteValues(stream, frame.Points.Values);
                        last = frame.Points;
                    }
                },
                cancellationToken);
        });
        return last!;
    }
}
