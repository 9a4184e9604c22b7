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
        FigureFile file = new("NAME-SOLVER");
        Command command = new("reverse", "From noise to data: the prior, ten moments on the way, the data beside.");
        sampling.AddTo(command);
        file.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            using SamplingRequest request = sampling.Read(parsed);
            string name = request.Card.Data.Name;
            file.Write(parsed, $"{name}-{request.SolverName}", scale =>
            {
                IReadOnlyList<Frame> frames = request.Frames(ReverseStrip.Steps(request.Tableau.Steps), cancellationToken);
                PointSet? data = TruthOf.Model(request.Card) is { } set ? DataSets.KnownDataSets.Draw(set, request.CountInMemory, seed: 0) : null;
                return ReverseStrip.Draw($"{name}: from noise to data", $"{request.Caption}, {request.CountInMemory} points", frames, data, scale: scale);
            });
        });
        return command;
    }
}
