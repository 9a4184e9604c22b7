using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.DataSets;
using Diffusion.Files;
using Diffusion.Points;
using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;
using Diffusion.Schedules;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion figure: draws a picture of the forward or the reverse process.</summary>
internal static class FigureCommand
{
    private const string Ending = ".png";
    private const int ForwardPoints = 1_000;

    public static Command Create() => new("figure", "Draws a picture of the forward or the reverse process.") { CreateForward(), CreateReverse() };

    private static Command CreateForward()
    {
        Argument<string> source = new("DATA|MODEL") { Description = "The name of a data set, or an .onnx file, whose schedule and data set are used" };
        Option<string?> output = Output("NAME-forward.png");
        Option<float> scale = Scale();
        Command command = new("forward", "From data to noise: data, ten noise levels, the prior.") { source, output, scale };
        command.SetWork((parsed, _) =>
        {
            (IDataSet set, NoiseSchedule schedule) = FindData(parsed.GetRequiredValue(source));
            Write(
                parsed.GetValue(output) ?? $"{set.Name}-forward{Ending}",
                () => ForwardStrip.Draw(set.Name, set.Draw(ForwardPoints, seed: 0), schedule, scale: CheckScale(parsed.GetValue(scale))));
        });
        return command;
    }

    private static Command CreateReverse()
    {
        SamplingArguments sampling = new();
        Option<string?> output = Output("NAME-SOLVER.png");
        Option<float> scale = Scale();
        Command command = new("reverse", "From noise to data: the prior, ten moments on the way, the data beside.");
        sampling.AddTo(command);
        command.Add(output);
        command.Add(scale);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            string name = request.Sampler.Card.Data.Name;
            IDataSet? set = TruthOf.Model(request.Sampler.Card);
            Write(
                parsed.GetValue(output) ?? $"{name}-{request.Options.Solver.Name}{Ending}",
                () =>
                {
                    float pixels = CheckScale(parsed.GetValue(scale));
                    IReadOnlyList<Frame> frames = request.Frames(ReverseStrip.Steps(request.Tableau.Steps), cancellationToken);
                    PointSet? data = set?.Draw(request.Count, seed: 0);
                    return ReverseStrip.Draw($"{name}: from noise to data", $"{request.Caption}, {request.Count} points", frames, data, scale: pixels);
                });
        });
        return command;
    }

    private static (IDataSet Set, NoiseSchedule Schedule) FindData(string source)
    {
        if (!Path.GetExtension(source).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return (KnownDataSets.Find(source), NoiseSchedule.Linear());
        }

        using DiffusionSampler sampler = DiffusionSampler.Load(source);
        return (TruthOf.RequireModel(sampler.Card), sampler.Card.Schedule);
    }

    private static void Write(string output, Func<Picture> draw)
    {
        if (!Path.GetExtension(output).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"A figure is written to a {Ending} file, but '{output}' ends otherwise.");
        }

        AtomicFile.Check(output);
        using Picture picture = draw();
        AtomicFile.Write(output, picture.WritePng);
        Console.WriteLine(output);
    }

    private static float CheckScale(float scale)
        => scale is >= 0.25f and <= 4 ? scale : throw new DiffusionException($"The scale must be from 0.25 to 4 pixels per unit, was {scale}.");

    private static Option<string?> Output(string defaultName)
        => new("--output", "-o") { Description = $"The .png file to write [default: {defaultName}]" };

    private static Option<float> Scale() => new("--scale") { Description = "Pixels per unit; 2 suits screens of high resolution", DefaultValueFactory = _ => 1 };
}
