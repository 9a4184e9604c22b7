using System.CommandLine;
using Diffusion.CommandLine;
using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion compile: puts network, schedule and solver into one .onnx file.</summary>
internal static class CompileCommand
{
    private const string Ending = ".onnx";

    public static Command Create()
    {
        SolverArguments solver = new();
        NetworkArguments network = new();
        Option<string> output = new("--output", "-o") { Description = "The .onnx file to write", Required = true };
        Option<bool> trajectory = new("--trajectory") { Description = "Add an output with the points after every step" };
        Command command = new("compile", "Puts network, schedule and solver into one .onnx file: noise in, points out.");
        network.AddTo(command);
        solver.AddTo(command);
        command.Add(output);
        command.Add(trajectory);
        command.SetWork((parsed, _) => Run(network.Read(parsed), solver.Read(parsed), parsed.GetValue(trajectory), parsed.GetRequiredValue(output)));
        return command;
    }

    private static void Run((NetworkFile File, ModelCard Card) network, SamplerOptions options, bool trajectory, string output)
    {
        if (!Path.GetExtension(output).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"A compiled sampler is an {Ending} file, but '{output}' ends otherwise.");
        }

        if (options.Clipping?.Percentile is not null)
        {
            throw new DiffusionException("A compiled sampler clips with --clip alone; --threshold cannot be compiled. Leave it out.");
        }

        Tableau tableau = options.BuildTableau(network.Card.Schedule);
        byte[] file = SamplerCompiler.Compile(
            network.File, network.Card, tableau, new CompileOptions { Solver = options.Solver.Name, Trajectory = trajectory, Clip = options.Clipping?.Bound ?? network.Card.ClipSample });
        AtomicFile.Write(output, stream => stream.Write(file));
        Console.WriteLine(output);
        string inputs = tableau.IsDeterministic ? CompiledNames.Noise : $"{CompiledNames.Noise} and {CompiledNames.StepNoise} [n, {tableau.Rows.Length}, {network.File.Dimension}]";
        Console.Error.WriteLine($"{options.Solver.Name}, {tableau.Steps} steps, {tableau.Rows.Length} network evaluations, {file.Length / 1024} KiB; inputs: {inputs}");
    }
}
