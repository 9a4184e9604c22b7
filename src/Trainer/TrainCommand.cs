using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Diffusion.CommandLine;
using Diffusion.DataSets;
using Diffusion.Files;
using Diffusion.Models;
using Diffusion.Onnx.Networks;
using Diffusion.Schedules;
using Diffusion.Training.Data;
using Diffusion.Training.Export;
using Diffusion.Training.Native;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Diffusion.Training;

/// <summary>The command diffusion-train.</summary>
internal static class TrainCommand
{
    private const string ModelEnding = ".onnx";
    private const string LinearName = "linear";
    private const string CosineName = "cosine";
    private const string FourierName = "fourier";
    private const string PlainName = "plain";

    private static readonly TrainingOptions Defaults = new();

    private static readonly Argument<string> Data = new("DATA") { Description = "moons, circles, 2gmm, radial_gmm, or a .csv or .npy file" };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The model to write [default: models/DATA.onnx]" };
    private static readonly Option<string> Figures = new("--figures") { Description = "A folder for the loss curve, the strips and the GIF [default: none]" };
    private static readonly Option<int> Iterations = Option("--iterations", "Training iterations", Defaults.Iterations);
    private static readonly Option<int> Batch = Option("--batch", "Points in a batch", Defaults.Batch);
    private static readonly Option<string> Network = Option("--network", "fourier: waves of x and noise level; plain: the lab's x and t/T", FourierName);
    private static readonly Option<int?> Width = new("--width") { Description = "Units in each hidden layer [default: 128, plain: 64]" };
    private static readonly Option<int?> Depth = new("--depth") { Description = "Hidden layers [default: 3]" };
    private static readonly Option<double> Rate = Option("--learning-rate", "The largest learning rate of Adam", Defaults.LearningRate);
    private static readonly Option<double> Ema = Option("--ema", "Decay of the moving average of the weights", Defaults.Ema);
    private static readonly Option<int> TrainTimesteps = Option("--train-timesteps", "T, the number of noise levels", NoiseSchedule.DefaultTrainTimesteps);
    private static readonly Option<string> Schedule = Option("--schedule", "linear or cosine", LinearName);
    private static readonly Option<double?> BetaStart = new("--beta-start") { Description = "β₀ of the linear schedule [default: 1e-4 · 1000/T]" };
    private static readonly Option<double?> BetaEnd = new("--beta-end") { Description = "β_T of the linear schedule [default: 0.02 · 1000/T]" };
    private static readonly Option<int?> Points = new("--points") { Description = "Train on N fixed points [default: fresh points in every batch]" };
    private static readonly Option<ulong> Seed = Option("--seed", "Seed of all randomness", Defaults.Seed);
    private static readonly Option<int> Threads = Option("--threads", "Threads that Torch works with", Defaults.Threads);

    /// <summary>The command with all its options.</summary>
    public static RootCommand Create()
    {
        Schedule.AcceptOnlyFromAmong(LinearName, CosineName);
        Network.AcceptOnlyFromAmong(FourierName, PlainName);
        RootCommand root = new("Trains a diffusion model and writes it to one .onnx file.")
        {
            Data, Output, Figures, Iterations, Batch, Network, Width, Depth, Rate, Ema, TrainTimesteps, Schedule, BetaStart, BetaEnd, Points, Seed, Threads,
        };
        root.SetWork(Run);
        return root;
    }

    private static void Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        TrainingOptions options = new()
        {
            Iterations = parsed.GetValue(Iterations),
            Batch = parsed.GetValue(Batch),
            LearningRate = parsed.GetValue(Rate),
            Ema = parsed.GetValue(Ema),
            Seed = parsed.GetValue(Seed),
            Threads = parsed.GetValue(Threads),
        };
        options.Validate();
        IPointSource source = TrainingData.Open(parsed.GetRequiredValue(Data), parsed.GetValue(Points), options.Seed);
        EpsilonMlpOptions network = CreateNetwork(parsed, source.Info.Dimension);
        network.Validate();
        NoiseSchedule schedule = CreateSchedule(parsed);
        string output = parsed.GetValue(Output) ?? DefaultOutput(source.Info);
        if (!Path.GetExtension(output).Equals(ModelEnding, StringComparison.OrdinalIgnoreCase))
        {
            throw new DiffusionException($"A model is written to a {ModelEnding} file, but '{output}' ends otherwise.");
        }

        AtomicFile.Check(output);
        TrainingFigures? figures = parsed.GetValue(Figures) is { } folder ? new TrainingFigures(folder, source, schedule, options.Seed) : null;
        TorchRuntime.EnsureLoadable();

        Stopwatch watch = Stopwatch.StartNew();
        using TrainingResult result = ProgressMeter.Show("training", meter => TrainingRun.Train(
            network, schedule, source, options, new Meter(meter, options.Iterations), cancellationToken));
        ModelCard card = new()
        {
            Schedule = schedule,
            Data = source.Info,
            Training = new TrainingInfo
            {
                Command = DescribeCommand(parsed, options),
                Seed = options.Seed,
                Iterations = options.Iterations,
                Loss = result.FinalLoss,
                Packages = new SortedDictionary<string, string> { ["TorchSharp"] = Version<torch.nn.Module>(), ["Microsoft.ML.OnnxRuntime"] = Version<InferenceSession>() },
            },
        };
        double difference = ModelExport.Save(output, result.Network, network, card);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: final loss {result.FinalLoss:0.0000}, {watch.Elapsed.TotalSeconds:0.0} s, largest difference between Torch and ONNX {difference:0.0e+0} of the output's scale"));
        figures?.Draw(output, network, card, result.Losses, cancellationToken);
    }

    /// <summary>models/DATA.onnx, but a file called like a data set is not to replace the model of the data set.</summary>
    private static string DefaultOutput(DataInfo data)
        => data.File is null || KnownDataSets.All.All(set => !set.Name.Equals(data.Name, StringComparison.OrdinalIgnoreCase))
            ? Path.Combine("models", data.Name + ModelEnding)
            : throw new DiffusionException($"The model of '{data.File}' would take the place of that of the data set {data.Name}. Name its file with --output.");

    private static NoiseSchedule CreateSchedule(ParseResult parsed)
    {
        bool isCosine = parsed.GetValue(Schedule) == CosineName;
        if (isCosine && (parsed.GetValue(BetaStart) ?? parsed.GetValue(BetaEnd)) is not null)
        {
            throw new DiffusionException("--beta-start and --beta-end belong to the linear schedule. Leave them out or use --schedule linear.");
        }

        int trainTimesteps = parsed.GetValue(TrainTimesteps);
        NoiseSchedule schedule = isCosine ? NoiseSchedule.Cosine(trainTimesteps) : NoiseSchedule.Linear(trainTimesteps, parsed.GetValue(BetaStart), parsed.GetValue(BetaEnd));
        if (schedule.TerminalAlphaBar > NoiseSchedule.LargestTerminalAlphaBar)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: ᾱ_T is {schedule.TerminalAlphaBar:g3}; above {NoiseSchedule.LargestTerminalAlphaBar} the data shine through at the noisy end, and samples will be off. Use more timesteps or a larger --beta-end."));
        }

        return schedule;
    }

    private static EpsilonMlpOptions CreateNetwork(ParseResult parsed, int dimension)
    {
        EpsilonMlpOptions network = parsed.GetValue(Network) == PlainName ? EpsilonMlpOptions.Plain(dimension) : new EpsilonMlpOptions { Dimension = dimension };
        return network with { Width = parsed.GetValue(Width) ?? network.Width, Depth = parsed.GetValue(Depth) ?? network.Depth };
    }

    /// <summary>The command that makes the same model again: what was said, but for where the results go, and the threads, which float sums may depend on.</summary>
    private static string DescribeCommand(ParseResult parsed, TrainingOptions training)
    {
        IEnumerable<string> options = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && result.Option != Output && result.Option != Figures && result.Option != Threads)
            .Select(result => $" {result.Option.Name} {string.Join(' ', result.Tokens.Select(token => Quote(token.Value)))}");
        return string.Create(CultureInfo.InvariantCulture, $"diffusion-train {Quote(parsed.GetRequiredValue(Data))}{string.Concat(options)} {Threads.Name} {training.Threads}");
    }

    private static string Quote(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;

    private static string Version<T>()
        => typeof(T).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static Option<T> Option<T>(string name, string description, T defaultValue)
        => new(name) { Description = description, DefaultValueFactory = _ => defaultValue };

    private sealed class Meter(ProgressMeter meter, int iterations) : IProgress<TrainingProgress>
    {
        /// <summary>How much one batch moves the loss that is shown.</summary>
        private const double Smoothing = 0.02;

        private double? _loss;

        public void Report(TrainingProgress value)
        {
            _loss = double.Lerp(_loss ?? value.Loss, value.Loss, Smoothing);
            meter.Report(value.Iteration, iterations, "it", () => string.Create(CultureInfo.InvariantCulture, $"loss {_loss:0.0000}"));
        }
    }
}
