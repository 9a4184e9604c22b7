using System.CommandLine;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Denoising;
using Diffusion.Files;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli.Commands;

/// <summary>diffusion compile: puts network, schedule and solver into one .onnx file.</summary>
internal static class CompileCommand
{
    private const string Ending = ".onnx";
    private const string AllColumns = "all";
    private const string FileLayout = "file";
    private const string TritonLayout = "triton";

    public static Command Create()
    {
        SolverArguments solver = new();
        NetworkArguments network = new();
        Option<string> output = new("--output", "-o")
        {
            Description = "The .onnx file to write, or the folder of the model repository", Required = true,
        };
        Option<bool> trajectory = new("--trajectory") { Description = "Adds an output with the points after every step" };
        Option<string> layout = new("--layout")
        {
            Description = $"{FileLayout}, or {TritonLayout} for a model repository of NVIDIA Triton and KServe",
            DefaultValueFactory = _ => FileLayout,
        };
        Option<string?> name = new("--name")
        {
            Description = $"Name of the model with --layout {TritonLayout} [default: the name of MODEL]",
        };
        Option<string?> given = new("--given")
        {
            Description = $"Columns of a table whose cells can be given, separated by commas, or {AllColumns} [default: none]",
        };
        layout.AcceptOnlyFromAmong(FileLayout, TritonLayout);
        Command command = new("compile", "Compiles network, noise schedule and solver into one .onnx file that maps noise to points.");
        network.AddTo(command);
        solver.AddTo(command);
        command.Add(output);
        command.Add(trajectory);
        command.Add(given);
        command.Add(layout);
        command.Add(name);
        command.SetWork((parsed, _) =>
        {
            (NetworkFile file, ModelCard card) = network.Read(parsed);
            SolverChoice choice = solver.Read(parsed, card);
            SamplingPlan plan = choice.CreatePlan(card.Schedule);
            Tableau tableau = plan.Tableau;
            CompileOptions options = new()
            {
                Trajectory = parsed.GetValue(trajectory),
                Given = ReadGiven(parsed.GetValue(given), card.Data),
                Clip = Bound(choice.Clipping),
            };
            byte[] compiled = SamplerCompiler.Compile(file, card, plan, options);
            CompiledFileCheck.Require(compiled, file.Source);
            StartWarning.Write(card.Schedule, tableau);
            FloatResolution.Warn(card.Data);
            if (parsed.GetRequiredValue(layout) == TritonLayout)
            {
                if (card.Data.Table is not null)
                {
                    throw new DiffusionException(
                        $"--layout {TritonLayout} is for points; '{file.Source}' is the model of a table. Leave --layout out.");
                }

                string modelName = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(file.Source);
                WriteRepository(parsed.GetRequiredValue(output), modelName, compiled, tableau, card.Data, parsed.GetValue(trajectory));
            }
            else
            {
                WriteFile(parsed.GetRequiredValue(output), compiled, parsed.GetValue(name));
                if (card.Data.Table is { } table)
                {
                    string columns = Path.ChangeExtension(parsed.GetRequiredValue(output), CompiledTableJson.Ending);
                    Write(columns, CompiledTableJson.Write(table, options.Given));
                }
            }

            string noise = tableau.IsDeterministic
                ? $"{CompiledNames.Noise} [n, {file.Dimension}]"
                : $"{CompiledNames.Noise} and {CompiledNames.StepNoise} [n, {tableau.Rows.Length}, {file.Dimension}]";
            string inputs = string.Join(", ", options.Given.Select(column => $"given.{column}").Prepend(noise));
            Console.Error.WriteLine(
                $"{plan.Caption}, {tableau.Rows.Length} network evaluations, {compiled.Length / 1024} KiB; inputs: {inputs}");
        });
        return command;
    }

    private static string[] ReadGiven(string? names, DataInfo data)
        => names is null ? []
            : names != AllColumns ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : data.Table is { } table ? [.. GivenColumns.Possible(table).Select(column => column.Name)]
            : [AllColumns];

    /// <summary>Returns the bound of the clean data, which is all of clipping that a graph can do.</summary>
    private static double? Bound(ClippingOptions? clipping)
    {
        if (clipping?.Percentile is not null)
        {
            throw new DiffusionException("Dynamic thresholding cannot be compiled. Use --clip without --threshold.");
        }

        clipping?.Validate();
        return clipping?.Bound;
    }

    private static void WriteFile(string output, byte[] compiled, string? name)
    {
        if (!Path.GetExtension(output).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"A compiled sampler must be an {Ending} file; '{output}' has another extension.");
        }

        if (name is not null)
        {
            throw new DiffusionException($"--name applies to --layout {TritonLayout}; the name of a file is set by --output.");
        }

        Write(output, compiled);
    }

    private static void WriteRepository(string folder, string name, byte[] compiled, Tableau tableau, DataInfo data, bool trajectory)
    {
        if (trajectory)
        {
            throw new DiffusionException(
                $"A server batches requests along the first axis, which in {CompiledNames.Trajectory} [steps + 1, n, d] counts steps. "
                    + "Leave --trajectory out.");
        }

        byte[] config = System.Text.Encoding.UTF8.GetBytes(TritonConfig.Write(name, tableau, data.Dimension, data.Width));
        string model = Path.Combine(folder, name);
        Write(Path.Combine(model, TritonConfig.ModelPath), compiled);
        Write(Path.Combine(model, TritonConfig.FileName), config);
    }

    private static void Write(string path, byte[] content)
    {
        AtomicFile.Write(path, stream => stream.Write(content));
        Console.WriteLine(path);
    }
}
