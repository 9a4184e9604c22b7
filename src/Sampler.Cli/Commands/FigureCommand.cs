using System.CommandLine;
using Diffusion.Cli.Commands.Figures;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion figure and its kinds: a new one is added with a file of its own and a line here.</summary>
internal static class FigureCommand
{
    public static Command Create() => new("figure", "Draws a figure of a model, its data or its solvers.")
    {
        ForwardFigure.Create(),
        ReverseFigure.Create(),
        CompareFigureCommand.Create(),
        PathsFigureCommand.Create(),
        FieldFigureCommand.Create(),
        DensityFigureCommand.Create(),
        ConvergenceFigureCommand.Create(),
        QualityFigureCommand.Create(),
        PairsFigureCommand.Create(),
        TrendsFigureCommand.Create(),
        ScheduleFigureCommand.Create(),
        LossFigureCommand.Create(),
    };
}
