using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.CommandLine;
using Diffusion.Data.BuiltIn;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;

namespace Diffusion.Training.Cli;

/// <summary>The options of diffusion-train. What is not said comes from the recipe.</summary>
internal sealed class TrainingArguments
{
    private const string ModelEnding = ".onnx";
    private const string CheckpointEnding = ".checkpoint";
    private const string LinearName = "linear";
    private const string CosineName = "cosine";
    private const string FourierName = "fourier";
    private const string PlainName = "plain";

    private static readonly Recipe Usual = Recipe.All[0];
    private static readonly EpsilonMlpOptions UsualNetwork = Usual.Network(1);

    private readonly Argument<string> _data = new("DATA") { Description = "moons, circles, 2gmm, radial_gmm, or a .csv or .npy file" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The .onnx file to write [default: models/DATA.onnx]" };

    private readonly Option<string> _figures = new("--figures")
    {
        Description = "A folder for figures of the loss and of the forward and reverse process [default: none]",
    };

    private readonly Option<string> _log = new("--log")
    {
        Description = "A .csv file for the loss, learning rate and seconds of every iteration [default: none]",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Continues an interrupted run from its checkpoint, if there is one",
    };

    private readonly Option<string> _recipe = new("--recipe")
    {
        Description = $"{string.Join(" or ", Recipe.All.Select(recipe => recipe.Name))}; the defaults below are for {Usual.Name}",
        DefaultValueFactory = _ => Usual.Name,
    };

    private readonly Option<string?> _columns = ColumnOption.Create();
    private readonly Option<string?> _header = HeaderOption.Create();

    private readonly Option<double?> _holdOut = new("--hold-out")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Share of the points held out to measure the loss, between 0 and {DataRequest.LargestHoldOut} "
                + $"[default: {DataRequest.DefaultHoldOut} for a file, 0 for a data set]"),
    };

    private readonly Option<int?> _patience = new("--patience")
    {
        Description = "Stops after this number of iterations without a lower hold-out loss and keeps the best weights [default: never]",
    };

    private readonly Option<int?> _points = new("--points")
    {
        Description = "Number of fixed training points of a data set [default: new points in every batch]",
    };

    private readonly Option<int?> _iterations = Option<int?>("--iterations", "Number of training iterations", Usual.Training.Iterations);
    private readonly Option<int?> _batch = Option<int?>("--batch", "Number of points in a batch", Usual.Training.Batch);
    private readonly Option<double?> _rate = Option<double?>(
        "--learning-rate", "Largest learning rate of Adam", Usual.Training.LearningRate);

    private readonly Option<double?> _ema = Option<double?>("--ema", "Decay of the moving average of the weights", Usual.Training.Ema);

    private readonly Option<string?> _network = new("--network")
    {
        Description = "Input features: fourier (sines and cosines of x and the noise level) or plain (x and t/T) [default: fourier]",
    };

    private readonly Option<int?> _width = Option<int?>("--width", "Units in each hidden layer", UsualNetwork.Width);
    private readonly Option<int?> _depth = Option<int?>("--depth", "Number of hidden layers", UsualNetwork.Depth);

    private readonly Option<int> _trainTimesteps = new("--train-timesteps")
    {
        Description = "Number of training timesteps T", DefaultValueFactory = _ => NoiseSchedule.DefaultTrainTimesteps,
    };

    private readonly Option<string> _schedule = new("--schedule")
    {
        Description = "Noise schedule: linear or cosine", DefaultValueFactory = _ => LinearName,
    };

    private readonly Option<double?> _betaStart = new("--beta-start")
    {
        Description = "First β of the linear schedule [default: 1e-4 · 1000/T]",
    };

    private readonly Option<double?> _betaEnd = new("--beta-end")
    {
        Description = "Last β of the linear schedule [default: 0.02 · 1000/T]",
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of all random numbers", DefaultValueFactory = _ => 0 };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Number of threads of Torch", DefaultValueFactory = _ => Usual.Training.Threads,
    };

    /// <summary>Adds all options to a command.</summary>
    public void AddTo(Command command)
    {
        _schedule.AcceptOnlyFromAmong(LinearName, CosineName);
        _network.AcceptOnlyFromAmong(FourierName, PlainName);
        command.Add(_data);
        Option[] options =
        [
            _output, _figures, _log, _resume, _recipe, _columns, _header, _holdOut, _patience, _points, _iterations, _batch, _rate, _ema,
            _network, _width, _depth, _trainTimesteps, _schedule, _betaStart, _betaEnd, _seed, _threads,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads the data and checks every option.</summary>
    /// <exception cref="DiffusionException">An option is out of range or does not fit another one.</exception>
    public TrainingRequest Read(ParseResult parsed)
    {
        Recipe recipe = Recipe.Find(parsed.GetRequiredValue(_recipe));
        TrainingOptions options = recipe.Training with
        {
            Iterations = parsed.GetValue(_iterations) ?? recipe.Training.Iterations,
            Batch = parsed.GetValue(_batch) ?? recipe.Training.Batch,
            LearningRate = parsed.GetValue(_rate) ?? recipe.Training.LearningRate,
            Ema = parsed.GetValue(_ema) ?? recipe.Training.Ema,
            Patience = parsed.GetValue(_patience),
            Seed = parsed.GetValue(_seed),
            Threads = parsed.GetValue(_threads),
        };
        string name = parsed.GetRequiredValue(_data);
        DataRequest data = new(name)
        {
            Columns = ColumnOption.Parse(parsed.GetValue(_columns)),
            HasHeader = HeaderOption.Parse(parsed.GetValue(_header)),
            ColumnsOption = ColumnOption.Name,
            HeaderOption = HeaderOption.Name,
            HoldOut = parsed.GetValue(_holdOut),
            Seed = options.Seed,
        };
        int? points = parsed.GetValue(_points) ?? (data.IsFile ? null : recipe.Points);
        TrainingSet set = recipe.Draw(TrainingData.Open(data with { Points = points }));
        EpsilonMlpOptions network = ReadNetwork(parsed, recipe, set.Info.Dimension);
        network.Validate();
        string output = ReadOutput(parsed, set.Info);
        NoiseSchedule schedule = ReadSchedule(parsed);
        RequireReadable(new ModelCard { Schedule = schedule, Data = set.Info }, name);
        if (parsed.GetValue(_figures) is { } figures && string.IsNullOrWhiteSpace(figures))
        {
            throw new DiffusionException("The folder name of --figures must not be empty.");
        }

        return new TrainingRequest(set, network, schedule, recipe.Objective, options)
        {
            Output = output,
            Figures = parsed.GetValue(_figures),
            Log = parsed.GetValue(_log),
            Checkpoint = Path.ChangeExtension(output, CheckpointEnding),
            IsResumed = parsed.GetValue(_resume),
            Command = Describe(parsed, options),
        };
    }

    /// <summary>A model whose card cannot be read again would be of no use to anybody.</summary>
    private static void RequireReadable(ModelCard card, string data) => ModelCard.FromMetadata(card.ToMetadata(), data);

    private EpsilonMlpOptions ReadNetwork(ParseResult parsed, Recipe recipe, int dimension)
    {
        EpsilonMlpOptions network = parsed.GetValue(_network) switch
        {
            FourierName => new EpsilonMlpOptions { Dimension = dimension },
            PlainName => EpsilonMlpOptions.Plain(dimension),
            _ => recipe.Network(dimension),
        };
        return network with { Width = parsed.GetValue(_width) ?? network.Width, Depth = parsed.GetValue(_depth) ?? network.Depth };
    }

    private NoiseSchedule ReadSchedule(ParseResult parsed)
    {
        bool isCosine = parsed.GetValue(_schedule) == CosineName;
        if (isCosine && (parsed.GetValue(_betaStart) ?? parsed.GetValue(_betaEnd)) is not null)
        {
            throw new DiffusionException(
                "--beta-start and --beta-end apply to the linear schedule. Leave them out, or use --schedule linear.");
        }

        int trainTimesteps = parsed.GetValue(_trainTimesteps);
        return isCosine
            ? NoiseSchedule.Cosine(trainTimesteps)
            : NoiseSchedule.Linear(trainTimesteps, parsed.GetValue(_betaStart), parsed.GetValue(_betaEnd));
    }

    /// <summary>models/DATA.onnx by default, but a file called like a data set is not to replace the model of the data set.</summary>
    private string ReadOutput(ParseResult parsed, DataInfo data)
    {
        string? output = parsed.GetValue(_output);
        if (output is null
            && data.File is not null
            && KnownDataSets.All.Any(set => set.Name.Equals(data.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DiffusionException(
                $"The model of '{data.File}' would overwrite the model of the data set {data.Name}. Specify another file with --output.");
        }

        output ??= Path.Combine("models", data.Name + ModelEnding);
        return Path.GetExtension(output).Equals(ModelEnding, StringComparison.OrdinalIgnoreCase)
            ? output
            : throw new DiffusionException($"A model must be an {ModelEnding} file; '{output}' has another extension.");
    }

    /// <summary>
    /// The command that makes the same model again: what was said, but for where the results go,
    /// and the threads, which float sums may depend on.
    /// </summary>
    private string Describe(ParseResult parsed, TrainingOptions training)
    {
        Option[] leftOut = [_output, _figures, _log, _resume, _threads];
        IEnumerable<string> options = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !leftOut.Contains(result.Option))
            .Select(result => $" {result.Option.Name} {string.Join(' ', result.Tokens.Select(token => Quote(token.Value)))}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"diffusion-train {Quote(parsed.GetRequiredValue(_data))}{string.Concat(options)} {_threads.Name} {training.Threads}");
    }

    private static string Quote(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;

    private static Option<T> Option<T>(string name, string description, object usual)
        => new(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {usual}]") };
}
