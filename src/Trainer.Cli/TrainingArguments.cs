using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.Training.Data;

namespace Diffusion.Training.Cli;

/// <summary>The options of diffusion-train. What is not said comes from the recipe.</summary>
internal sealed class TrainingArguments
{
    private const string ModelEnding = ".onnx";
    private const string CheckpointEnding = ".checkpoint";

    private static readonly Recipe Usual = Recipe.All[0];

    private readonly DataArguments _data = new();
    private readonly NetworkArguments _network = new();
    private readonly ScheduleArguments _schedule = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = "The .onnx file to write [default: models/DATA.onnx]" };

    private readonly Option<string> _figures = new("--figures")
    {
        Description = "A folder for figures of the loss and of the forward and reverse process [default: none]",
    };

    private readonly Option<string> _log = new("--log")
    {
        Description = "A .csv file for the loss, learning rate and seconds of every iteration [default: none]",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Shows how the columns of a table are treated, and ends",
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

    private readonly Option<int?> _patience = new("--patience")
    {
        Description = "Stops after this number of iterations without a lower hold-out loss and keeps the best weights [default: never]",
    };

    private readonly Option<int?> _iterations = Option<int?>("--iterations", "Number of training iterations", Usual.Training.Iterations);

    private readonly Option<double?> _minutes = new("--minutes")
    {
        Description = "Minutes of training, in place of a number of iterations [default: as many iterations as suit the data]",
    };

    private readonly Option<int?> _batch = Option<int?>("--batch", "Number of points in a batch", Usual.Training.Batch);
    private readonly Option<double?> _rate = Option<double?>(
        "--learning-rate", "Largest learning rate of Adam", Usual.Training.LearningRate);

    private readonly Option<double?> _ema = Option<double?>("--ema", "Decay of the moving average of the weights", Usual.Training.Ema);

    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of all random numbers", DefaultValueFactory = _ => 0 };

    private readonly Option<int?> _threads = Option<int?>(
        "--threads", "Number of threads of Torch", $"{Usual.Training.Threads}, for tables {TableRecipe.Threads}");

    /// <summary>Adds all options to a command.</summary>
    public void AddTo(Command command)
    {
        _data.AddTo(command);
        Option[] options =
            [_output, _dryRun, _figures, _log, _resume, _recipe, _patience, _iterations, _minutes, _batch, _rate, _ema, _seed, _threads];
        foreach (Option option in options)
        {
            command.Add(option);
        }

        _network.AddTo(command);
        _schedule.AddTo(command);
    }

    /// <summary>Returns whether the columns are shown only.</summary>
    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>Reads the data.</summary>
    /// <exception cref="DiffusionException">The data are not usable, or an option does not fit them.</exception>
    public TrainingSet ReadData(ParseResult parsed)
    {
        Recipe recipe = Recipe.Find(parsed.GetRequiredValue(_recipe));
        return recipe.Draw(TrainingData.Open(_data.Read(parsed, recipe, parsed.GetValue(_seed))));
    }

    /// <summary>Reads the data and checks every option.</summary>
    /// <exception cref="DiffusionException">An option is out of range or does not fit another one.</exception>
    public TrainingRequest Read(ParseResult parsed)
    {
        Recipe recipe = Recipe.Find(parsed.GetRequiredValue(_recipe));

        // Options that are out of range are refused before a large file is read.
        _ = ReadOptions(parsed, recipe.Training);
        TrainingSet set = ReadData(parsed);
        bool isTable = set.Info.Table is not null;
        TrainingOptions usual = isTable ? TableRecipe.ForRows(set.RowCount, set.HoldOut is not null) : recipe.Training;
        TrainingOptions options = ReadOptions(parsed, usual);
        NoiseSchedule schedule = _schedule.Read(parsed);
        NetworkChoice network = _network.Read(parsed, recipe, set.Info, schedule, options.Seed);
        string output = ReadOutput(parsed, set.Info);
        ModelCard card = new()
        {
            Schedule = schedule,
            Data = set.Info,
            Conditions = new ConditionSignature(TakesGiven: isTable),
            Sampling = isTable ? TableRecipe.Sampling : null,
        };
        RequireReadable(card, _data.NameOf(parsed));
        if (parsed.GetValue(_figures) is { } figures && string.IsNullOrWhiteSpace(figures))
        {
            throw new DiffusionException("The folder name of --figures must not be empty.");
        }

        return new TrainingRequest(set, network, card, recipe.Objective, options)
        {
            Minutes = ReadMinutes(parsed),
            Output = output,
            Figures = parsed.GetValue(_figures),
            Log = parsed.GetValue(_log),
            Checkpoint = Path.ChangeExtension(output, CheckpointEnding),
            IsResumed = parsed.GetValue(_resume),
            Command = Describe(parsed, options),
        };
    }

    private TrainingOptions ReadOptions(ParseResult parsed, TrainingOptions usual) => usual with
    {
        Iterations = parsed.GetValue(_iterations) ?? usual.Iterations,
        Batch = parsed.GetValue(_batch) ?? usual.Batch,
        LearningRate = parsed.GetValue(_rate) ?? usual.LearningRate,
        Ema = parsed.GetValue(_ema) ?? usual.Ema,
        Patience = parsed.GetValue(_patience) ?? usual.Patience,
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetValue(_threads) ?? usual.Threads,
    };

    private double? ReadMinutes(ParseResult parsed)
    {
        double? minutes = parsed.GetValue(_minutes);
        return minutes is not null && parsed.GetValue(_iterations) is not null
            ? throw new DiffusionException(
                $"{_minutes.Name} and {_iterations.Name} both set the length of the training. Leave one of them out.")
            : minutes is null or (> 0 and <= TrainingRequest.MostMinutes) ? minutes
            : throw new DiffusionException(string.Create(
                CultureInfo.InvariantCulture,
                $"The minutes of training must be greater than 0 and at most {TrainingRequest.MostMinutes}; was {minutes}."));
    }

    /// <summary>A model whose card cannot be read again would be of no use to anybody.</summary>
    private static void RequireReadable(ModelCard card, string data) => ModelCard.FromMetadata(card.ToMetadata(), data);

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
        Option[] leftOut = [_output, _dryRun, _figures, _log, _resume, _minutes, _threads];
        IEnumerable<string> options = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !leftOut.Contains(result.Option))
            .Select(result => $" {result.Option.Name} {string.Join(' ', result.Tokens.Select(token => Quote(token.Value)))}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"diffusion-train {Quote(_data.NameOf(parsed))}{string.Concat(options)} {_threads.Name} {training.Threads}");
    }

    private static string Quote(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;

    private static Option<T> Option<T>(string name, string description, object usual)
        => new(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {usual}]") };
}
