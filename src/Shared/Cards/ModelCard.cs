using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>All that a model says about itself, kept in the metadata of its .onnx file.</summary>
public sealed record ModelCard
{
    /// <summary>The version of the contract that this library writes and reads.</summary>
    public const string CurrentVersion = "1";

    /// <summary>The largest dimension that a card may state.</summary>
    public const int LargestDimension = 4096;

    /// <summary>Between these scales, data in float32 have room for outliers.</summary>
    private const double SmallestUnit = 1e-30, LargestUnit = 1e30;

    private const string VersionKey = "diffusion.version";
    private const string SchedulerKey = "diffusion.scheduler";
    private const string DataKey = "diffusion.data";
    private const string TrainingKey = "diffusion.training";

    /// <summary>The noise schedule.</summary>
    public required NoiseSchedule Schedule { get; init; }

    /// <summary>What the network's output means.</summary>
    public PredictionType Prediction { get; init; } = PredictionType.Epsilon;

    /// <summary>The largest absolute value of the predicted clean data, in the units of the network, for models made to be clipped;
    /// null means none.</summary>
    public double? ClipSample { get; init; }

    /// <summary>
    /// Gets the dynamic thresholding, which needs a <see cref="ClipSample"/> of 1, as in diffusers; null if the data are cut at
    /// the bound itself.
    /// </summary>
    public DynamicThresholding? Thresholding { get; init; }

    /// <summary>Gets the variance that <see cref="Ddpm"/> is meant to be used with; null if the configuration says nothing about
    /// it.</summary>
    /// <remarks>
    /// The commands use it where no other variance is asked for. A program that creates the solver passes it on:
    /// <c>new Ddpm(card.Variance ?? DdpmVariance.Beta)</c>.
    /// </remarks>
    public DdpmVariance? Variance { get; init; }

    /// <summary>What the model was trained on.</summary>
    public required DataInfo Data { get; init; }

    /// <summary>Gets the conditions that the network takes beside the noisy samples and the timestep.</summary>
    public ConditionSignature Conditions { get; init; }

    /// <summary>How the model was made, or null where that is not known.</summary>
    public TrainingInfo? Training { get; init; }

    /// <summary>Writes the card as key and value pairs for an .onnx file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            [VersionKey] = CurrentVersion,
            [SchedulerKey] = JsonSerializer.Serialize(SchedulerConfig.From(this), CardJson.Default.SchedulerConfig),
            [DataKey] = JsonSerializer.Serialize(Data, CardJson.Default.DataInfo),
        };
        if (Training is not null)
        {
            metadata[TrainingKey] = JsonSerializer.Serialize(Training, CardJson.Default.TrainingInfo);
        }

        return metadata;
    }

    /// <summary>Reads a card from the metadata of an .onnx file.</summary>
    /// <param name="metadata">The key and value pairs.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <exception cref="DiffusionException">A part is missing, damaged or contradicts itself.</exception>
    public static ModelCard FromMetadata(IReadOnlyDictionary<string, string> metadata, string source)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        string version = Require(metadata, VersionKey, source);
        if (version != CurrentVersion)
        {
            throw new DiffusionException($"'{source}' has {VersionKey} {version}; expected {CurrentVersion}.");
        }

        SchedulerConfig scheduler = Parse(metadata, SchedulerKey, CardJson.Default.SchedulerConfig, source);
        DataInfo data = Parse(metadata, DataKey, CardJson.Default.DataInfo, source);
        Validate(data, source);
        TrainingInfo? training = metadata.ContainsKey(TrainingKey)
            ? Parse(metadata, TrainingKey, CardJson.Default.TrainingInfo, source)
            : null;
        return Of(scheduler, data, training, $"'{source}', {SchedulerKey}", isFile: false);
    }

    /// <summary>Checks the card by the rules for cards in files.</summary>
    /// <param name="source">What to call the model in messages.</param>
    /// <exception cref="DiffusionException">A part is out of range or contradicts another.</exception>
    public void Validate(string source)
    {
        Validate(Data, source);
        if (!Enum.IsDefined(Prediction))
        {
            throw new DiffusionException($"'{source}', {SchedulerKey}: there is no prediction type {Prediction}.");
        }

        if (Variance is { } variance && !Enum.IsDefined(variance))
        {
            throw new DiffusionException($"'{source}', {SchedulerKey}: there is no variance {variance}.");
        }

        // The configuration of diffusers has no other bound, and takes thresholding without a larger reach for plain clipping.
        if (Thresholding is { } thresholding
            && !(ClipSample == SchedulerConfig.DefaultClipSampleRange && thresholding.LargestReach > ClipSample))
        {
            string bound = ClipSample is { } clip ? Invariant($"{clip}") : "none";
            throw new DiffusionException(
                $"'{source}', {SchedulerKey}: dynamic thresholding needs the bound {SchedulerConfig.DefaultClipSampleRange} and a reach "
                    + $"greater than that; found the bound {bound} and the reach {thresholding.LargestReach}.");
        }

        // What a file with this card would hold has to read back.
        _ = Of(SchedulerConfig.From(this), Data, Training, $"'{source}', {SchedulerKey}", isFile: false);
    }

    /// <summary>Whether the metadata of an .onnx file hold a card.</summary>
    public static bool IsIn(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return metadata.ContainsKey(VersionKey);
    }

    /// <summary>Makes the card of a network of others from the scheduler_config.json that diffusers keeps beside it.</summary>
    /// <param name="json">The content of that file.</param>
    /// <param name="data">What the network was trained on.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <exception cref="DiffusionException">The file is damaged, describes no noise schedule, or has keys or values that cannot be obeyed;
    /// all are named.</exception>
    public static ModelCard FromSchedulerConfig(ReadOnlySpan<byte> json, DataInfo data, string source)
    {
        ArgumentNullException.ThrowIfNull(data);
        SchedulerConfig scheduler = CardReader.Read(NamedNumbers.Quote(json), CardJson.Default.SchedulerConfig, $"'{source}'");
        Validate(data, source);
        return Of(scheduler, data, training: null, $"'{source}'", isFile: true);
    }

    private static ModelCard Of(SchedulerConfig scheduler, DataInfo data, TrainingInfo? training, string place, bool isFile)
    {
        try
        {
            return scheduler.ToCard(data, isFile) with { Training = training };
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"{place}: {exception.Message}", exception);
        }
    }

    private static string Require(IReadOnlyDictionary<string, string> metadata, string key, string source)
        => metadata.TryGetValue(key, out string? value)
            ? value
            : throw new DiffusionException(
                $"'{source}' has no model card: the metadata entry {key} is missing. "
                    + $"Export the model with its card, or supply a ModelCard.");

    private static T Parse<T>(IReadOnlyDictionary<string, string> metadata, string key, JsonTypeInfo<T> type, string source)
        where T : class
        => CardReader.Read(Encoding.UTF8.GetBytes(Require(metadata, key, source)), type, $"'{source}', {key}");

    private static void Validate(DataInfo data, string source)
    {
        if (data.Dimension is < 1 or > LargestDimension)
        {
            throw new DiffusionException(
                $"'{source}', {DataKey}: the dimension must be between 1 and {LargestDimension}; was {data.Dimension}.");
        }

        // The name becomes part of file names; it must not lead out of a folder.
        if (string.IsNullOrWhiteSpace(data.Name) || data.Name is "." or ".." || data.Name.Any(c => c is '/' or '\\' || char.IsControl(c)))
        {
            throw new DiffusionException($"'{source}', {DataKey}: the name must be a plain word without slashes; was '{data.Name}'.");
        }

        RequireLength("columns", data.Columns?.Count);
        RequireLength("shift", data.Shift?.Count);
        RequireLength("scale", data.Scale?.Count);
        if (data.Columns?.All(column => column is not null) == false)
        {
            throw new DiffusionException($"'{source}', {DataKey}: every column must have a name; at least 1 name is null.");
        }

        if (data.Shift?.All(shift => Math.Abs(shift) <= LargestUnit) == false
            || data.Scale?.All(scale => scale is >= SmallestUnit and <= LargestUnit) == false)
        {
            throw new DiffusionException(
                $"'{source}', {DataKey}: every scale must be between {SmallestUnit} and {LargestUnit}, and every shift "
                + $"between -{LargestUnit} and {LargestUnit}.");
        }

        ValidateConstants(data, source);

        void RequireLength(string name, int? length)
        {
            if (length is not null && length != data.Dimension)
            {
                throw new DiffusionException(
                    $"'{source}', {DataKey}: {name} must have {data.Dimension} entries, one for each coordinate; found {length}.");
            }
        }
    }

    private static void ValidateConstants(DataInfo data, string source)
    {
        if (data.Constants is not { } constants)
        {
            return;
        }

        if (constants.Any(constant => constant is null) || data.Width > LargestDimension
            || constants.Any(constant => constant.Position < 0 || constant.Position >= data.Width)
            || constants.DistinctBy(constant => constant.Position).Count() != constants.Count)
        {
            throw new DiffusionException(
                $"'{source}', {DataKey}: constants must have different positions "
                    + $"between 0 and {Math.Min(data.Width, LargestDimension) - 1}.");
        }

        if (!constants.All(constant => double.IsFinite(constant.Value)))
        {
            throw new DiffusionException($"'{source}', {DataKey}: every constant must be a finite number.");
        }

        if (constants.Any(constant => constant.Name is null != data.Columns is null))
        {
            throw new DiffusionException($"'{source}', {DataKey}: constants must have names if and only if the columns have names.");
        }
    }
}
