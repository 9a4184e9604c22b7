using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Rendering.Figures;
using Diffusion.Sampling;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure convergence: error against network evaluations, a line for each solver.</summary>
internal static class ConvergenceFigureCommand
{
    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An .onnx file written by diffusion-train" };
        FigureFile file = new("NAME-convergence");
        Command command = new("convergence", "Error against network evaluations, for every solver that draws no noise.") { model };
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using DiffusionSampler sampler = DiffusionSampler.Load(parsed.GetRequiredValue(model));
            string name = sampler.Card.Data.Name;
            file.Write(parsed, $"{name}-convergence", scale => ConvergenceFigure.Draw(
                $"{name}: what a network evaluation buys",
                ProgressMeter.Show("measuring", meter => Convergence.Measure(sampler, meter, cancellationToken)),
                scale: scale));
        });
        return command;
    }
}
