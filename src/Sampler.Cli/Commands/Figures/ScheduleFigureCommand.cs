using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure schedule: β, ᾱ and the signal-to-noise ratio.</summary>
internal static class ScheduleFigureCommand
{
    private const string Linear = "linear";
    private const string Cosine = "cosine";

    public static Command Create()
    {
        Argument<string> source = new("SCHEDULE|MODEL") { Description = $"{Linear}, {Cosine}, or an .onnx file" };
        FigureFile file = new("NAME-schedule");
        Command command = new("schedule", "Draws β, ᾱ and the signal-to-noise ratio of a noise schedule against t.") { source };
        file.AddTo(command);
        command.SetWork((parsed, _) =>
        {
            (string name, NoiseSchedule schedule) = Find(parsed.GetRequiredValue(source));
            file.Write(parsed, $"{name}-schedule", theme => ScheduleFigure.Draw(schedule, theme));
        });
        return command;
    }

    private static (string Name, NoiseSchedule Schedule) Find(string source)
    {
        switch (source.ToLowerInvariant())
        {
            case Linear:
                return (Linear, NoiseSchedule.Linear());
            case Cosine:
                return (Cosine, NoiseSchedule.Cosine());
            default:
                using (DiffusionSampler sampler = DiffusionSampler.Load(source))
                {
                    return (sampler.Card.Data.Name, sampler.Card.Schedule);
                }
        }
    }
}
