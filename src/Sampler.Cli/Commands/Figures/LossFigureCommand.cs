using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Data.Tables;
using Diffusion.Points;
using Diffusion.Rendering.Figures;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure loss: the loss of a training run from its log.</summary>
internal static class LossFigureCommand
{
    private const string LossColumn = "loss";

    public static Command Create()
    {
        Argument<string> log = new("LOG") { Description = "A .csv file written by diffusion-train --log" };
        FigureFile file = new("NAME-loss");
        Command command = new("loss", "Draws the training loss against the iteration.") { log };
        file.AddTo(command);
        command.SetWork((parsed, _) =>
        {
            string path = parsed.GetRequiredValue(log);
            string name = Path.GetFileNameWithoutExtension(path);
            PointSet losses = PointFile.Read(path, ColumnChoice.Of([LossColumn]));
            if (losses.Values.ToArray().FirstOrDefault(loss => !(loss > 0), 1) is var wrong and not 1)
            {
                throw new DiffusionException($"The losses in '{path}' must be greater than 0; found {wrong}.");
            }

            file.Write(parsed, $"{name}-loss", theme => LossFigure.Draw($"{name}: training loss", losses.Values.ToArray(), theme: theme));
        });
        return command;
    }
}
