using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Rendering.Figures;

namespace Diffusion.Cli.Commands.Figures;

/// <summary>diffusion figure reverse: noise becomes data.</summary>
internal static class ReverseFigure
{
    public static Command Create()
    {
        SamplingArguments sampling = new();
        DataArguments data = new();
        FigureFile file = new("NAME-SOLVER");
        Command command = new("reverse", "Draws the reverse process: the prior, ten intermediate times and the data.");
        data.AddTo(command);
        sampling.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            string name = request.Card.Data.Name;
            PointSet? truth = data.Points(parsed, request.Card, request.CountInMemory);
            file.Write(parsed, $"{name}-{request.Plan.Solver}", theme =>
            {
                IReadOnlyList<Frame> frames = request.Frames(ReverseStrip.Steps(request.Tableau), cancellationToken);
                string subtitle = $"{request.Plan.Caption}, {request.CountInMemory} points";
                return ReverseStrip.Draw($"{name}: from noise to data", subtitle, frames, truth, theme);
            });
        });
        return command;
    }
}
