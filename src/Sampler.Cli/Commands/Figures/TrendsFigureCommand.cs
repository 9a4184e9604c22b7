using System.CommandLine;
using Diffusion.CommandLine;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure trends: how strongly every pair of columns of a table is related, in real rows and in samples.</summary>
internal static class TrendsFigureCommand
{
    private const int DefaultCount = 10_000;

    public static Command Create()
    {
        SamplingArguments sampling = new(DefaultCount);
        DataArguments data = new();
        FigureFile file = new("NAME-trends");
        Command command = new(
            "trends",
            "Draws how strongly every pair of columns of a table is related, in real rows and in samples, and its score: "
                + "correlations, and Cramér's V where one is a category.");
        data.AddTo(command);
        sampling.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            string name = request.Card.Data.Name;
            if (request.Card.Data.Table is null)
            {
                throw new DiffusionException(
                    $"The model of a table is required; '{name}' is a model of points. Use diffusion figure pairs.");
            }

            file.Write(parsed, $"{name}-trends", new TablePictures(request, data, parsed, cancellationToken).Trends());
        });
        return command;
    }
}
