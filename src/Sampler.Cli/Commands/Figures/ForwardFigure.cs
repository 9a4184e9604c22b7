using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Data.BuiltIn;
using Diffusion.Rendering.Figures;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure forward: data become noise.</summary>
internal static class ForwardFigure
{
    private const int Points = 1_000;

    public static Command Create()
    {
        Argument<string> source = new("DATA|MODEL")
        {
            Description = "A data set, or an .onnx file whose noise schedule and data set are used",
        };
        FigureFile file = new("NAME-forward");
        Command command = new("forward", "Draws the forward process: the data, ten noise levels and the prior.") { source };
        file.AddTo(command);
        command.SetWork((parsed, _) =>
        {
            (IDataSet set, NoiseSchedule schedule) = Find(parsed.GetRequiredValue(source));
            file.Write(parsed, $"{set.Name}-forward", theme => ForwardStrip.Draw(set.Name, Data(set), schedule, theme: theme));
        });
        return command;
    }

    /// <summary>Points of a data set are in the units of the network already.</summary>
    private static SampleBatch Data(IDataSet set) => new(set.Draw(Points, seed: 0).AsMemory(), SampleShape.Vector(set.Dimension));

    private static (IDataSet Set, NoiseSchedule Schedule) Find(string source)
    {
        if (!Path.GetExtension(source).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return (KnownDataSets.Find(source), NoiseSchedule.Linear());
        }

        using DiffusionSampler sampler = DiffusionSampler.Load(source);
        IDataSet set = KnownDataSets.ForModel(sampler.Card) ?? throw new DiffusionException(
            $"The model was trained on '{sampler.Card.Data.Name}', which is not a built-in data set. "
                + $"Use a model of one of: {string.Join(", ", KnownDataSets.All.Select(known => known.Name))}.");
        return (set, sampler.Card.Schedule);
    }
}
