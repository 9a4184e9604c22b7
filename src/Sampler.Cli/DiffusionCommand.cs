using System.CommandLine;
using Diffusion.Cli.Commands;

namespace Diffusion.Cli;

/// <summary>The command diffusion and its subcommands: a new one is added with a file of its own and a line here.</summary>
internal static class DiffusionCommand
{
    public static RootCommand Create() => new("Samples a diffusion model stored in one .onnx file, and draws its reverse process.")
    {
        SampleCommand.Create(),
        FillCommand.Create(),
        PredictCommand.Create(),
        EncodeCommand.Create(),
        GifCommand.Create(),
        FigureCommand.Create(),
        EvaluateCommand.Create(),
        LikelihoodCommand.Create(),
        CompileCommand.Create(),
        VerifyCommand.Create(),
        InspectCommand.Create(),
        SolversCommand.Create(),
    };
}
