using System.CommandLine;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Files;
using Diffusion.Onnx.Compiling;

namespace Diffusion.Cli;

/// <summary>The options that name a network, written by this project or by others.</summary>
internal sealed class NetworkArguments
{
    private const string UsualConfig = "scheduler_config.json";

    private readonly Argument<string> _model = new("MODEL")
    {
        Description = "An .onnx file with a network that takes noisy points and a timestep",
    };

    private readonly Option<string?> _scheduler = new("--scheduler")
    {
        Description = $"Scheduler configuration of diffusers [default: that of the model, or {UsualConfig} in its folder]",
    };

    private readonly Option<string> _sample = new("--sample-input")
    {
        Description = "Name of the network's input for points", DefaultValueFactory = _ => new NetworkNames().Sample,
    };

    private readonly Option<string> _timestep = new("--timestep-input")
    {
        Description = "Name of the network's input for timesteps", DefaultValueFactory = _ => new NetworkNames().Timestep,
    };

    private readonly Option<string?> _output = new("--network-output")
    {
        Description = "Name of the network's output [default: its only output]",
    };

    /// <summary>Adds the model and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_scheduler);
        command.Add(_sample);
        command.Add(_timestep);
        command.Add(_output);
    }

    /// <summary>Reads the network and what it says about itself, or what is said beside it.</summary>
    /// <exception cref="DiffusionException">The file is missing, is no such network, or nothing says how it was trained.</exception>
    public (NetworkFile File, ModelCard Card) Read(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_model);
        NetworkNames names = new()
        {
            Sample = parsed.GetRequiredValue(_sample), Timestep = parsed.GetRequiredValue(_timestep), Output = parsed.GetValue(_output),
        };
        NetworkFile file = NetworkFile.Read(InputFile.ReadBytes(path), path, names);
        return (file, Card(file, path, parsed.GetValue(_scheduler)));
    }

    private static ModelCard Card(NetworkFile file, string path, string? scheduler)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, UsualConfig);
        if (scheduler is null && ModelCard.IsIn(file.Metadata))
        {
            return ModelCard.FromMetadata(file.Metadata, path);
        }

        if (scheduler is null && !File.Exists(beside))
        {
            throw new DiffusionException(
                $"'{path}' has no noise schedule, and there is no {UsualConfig} in its folder. "
                    + "Specify a scheduler configuration with --scheduler.");
        }

        // Another schedule says nothing about the data and the training of the network.
        string config = scheduler ?? beside;
        ModelCard? own = ModelCard.IsIn(file.Metadata) ? ModelCard.FromMetadata(file.Metadata, path) : null;
        DataInfo data = own?.Data ?? new DataInfo { Name = Path.GetFileNameWithoutExtension(path), Dimension = file.Dimension };
        return ModelCard.FromSchedulerConfig(InputFile.ReadBytes(config), data, config) with { Training = own?.Training };
    }
}
