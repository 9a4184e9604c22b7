using System.CommandLine;
using System.Globalization;
using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Rendering.Figures;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure pairs: every pair of columns of data and samples, and each column alone.</summary>
internal static class PairsFigureCommand
{
    public static Command Create()
    {
        SamplingArguments sampling = new();
        DataArguments data = new();
        FigureFile file = new("NAME-pairs");
        Command command = new(
            "pairs",
            $"Draws a scatter plot of every pair of columns and a histogram of every column, up to {PairsFigure.MostColumns} columns: "
                + "samples, and true points if they are known. Of a table, boxes for categories and their shares.");
        data.AddTo(command);
        sampling.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            string name = request.Card.Data.Name;
            if (request.Card.Data.Table is not null)
            {
                file.Write(parsed, $"{name}-pairs", new TablePictures(request, data, parsed, cancellationToken).Pairs());
                return;
            }

            PointSet? truth = data.Points(parsed, request.Card, request.CountInMemory);
            file.Write(parsed, $"{name}-pairs", theme => PairsFigure.Draw(
                $"{name}: pairs of columns",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{request.Job.Count} samples, {request.Plan.Caption}{(truth is null ? "" : $"; {truth.Count} rows of data")}"),
                truth,
                request.Sample(cancellationToken),
                theme));
        });
        return command;
    }
}
