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
    /// <summary>The version of the contract that this library writes. It reads version 1 as well.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The largest dimension that a card may state.</summary>
    public const int LargestDimension = 4096;

    /// <summary>The largest number of classes that a card may state.</summary>
    public const int LargestClassCount = 100_000;

    private const string VersionKey = "diffusion.version";
    private const string SchedulerKey = "diffusion.scheduler";
    internal const string DataKey = "diffusion.data";
    private const string ConditionsKey = "diffusion.conditions";
    private const string SamplingKey = "diffusion.sampling";
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

    /// <summary>Gets the names of the classes, in the order of their labels; null where they have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets how the model is best sampled; null leaves it to the sampler.</summary>
    public SamplingInfo? Sampling { get; init; }

    /// <summary>How the model was made, or null where that is not known.</summary>
    public TrainingInfo? Training { get; init; }

    /// <summary>Writes the card as key and value pairs for an .onnx file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            [VersionKey] = Invariant($"{CurrentVersion}"),
            [SchedulerKey] = JsonSerializer.Serialize(SchedulerConfig.From(this), CardJson.Default.SchedulerConfig),
            [DataKey] = JsonSerializer.Serialize(DataJson.From(Data), CardJson.Default.DataJson),
        };
        if (!Conditions.IsEmpty)
        {
            metadata[ConditionsKey] = JsonSerializer.Serialize(ConditionsJson.From(this), CardJson.Default.ConditionsJson);
        }

        if (Sampling is not null)
        {
            metadata[SamplingKey] = JsonSerializer.Serialize(Sampling, CardJson.Default.SamplingInfo);
        }

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
        int version = Require(metadata, VersionKey, source) switch
        {
            "1" => 1,
            "2" => CurrentVersion,
            var other => throw new DiffusionException($"'{source}' has {VersionKey} {other}; expected 1 or {CurrentVersion}."),
        };
        SchedulerConfig scheduler = Parse(metadata, SchedulerKey, CardJson.Default.SchedulerConfig, source);
        DataInfo data = Parse(metadata, DataKey, CardJson.Default.DataJson, source).ToData(version, $"'{source}', {DataKey}");
        DataRules.Require(data, $"'{source}', {DataKey}");
        ConditionsJson? conditions = ParseOptional(metadata, ConditionsKey, CardJson.Default.ConditionsJson, source);
        ModelCard card = Of(scheduler, data, $"'{source}', {SchedulerKey}", isFile: false) with
        {
            Conditions = conditions?.ToSignature($"'{source}', {ConditionsKey}") ?? default,
            ClassNames = conditions?.ClassNames,
            Sampling = ParseOptional(metadata, SamplingKey, CardJson.Default.SamplingInfo, source),
            Training = ParseOptional(metadata, TrainingKey, CardJson.Default.TrainingInfo, source),
        };
        card.RequireSampling(source);
        return card;
    }

    /// <summary>Checks the card by the rules for cards in files.</summary>
    /// <param name="source">What to call the model in messages.</param>
    /// <exception cref="DiffusionException">A part is out of range or contradicts another.</exception>
    public void Validate(string source)
    {
        DataRules.Require(Data, $"'{source}', {DataKey}");
        ConditionsJson.Validate(Conditions, ClassNames, $"'{source}', {ConditionsKey}");
        RequireSampling(source);
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
        _ = Of(SchedulerConfig.From(this), Data, $"'{source}', {SchedulerKey}", isFile: false);
    }

    /// <summary>Returns the table that the model was trained on.</summary>
    /// <exception cref="DiffusionException">The model was trained on points or images.</exception>
    internal TableSpec RequireTable() => Data.Table
        ?? throw new DiffusionException($"A model of a table is required; '{Data.Name}' was trained on points or images.");

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
        DataRules.Require(data, $"'{source}', {DataKey}");
        return Of(scheduler, data, $"'{source}'", isFile: true);
    }

    private static ModelCard Of(SchedulerConfig scheduler, DataInfo data, string place, bool isFile)
    {
        try
        {
            return scheduler.ToCard(data, isFile);
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

    private static T? ParseOptional<T>(IReadOnlyDictionary<string, string> metadata, string key, JsonTypeInfo<T> type, string source)
        where T : class
        => metadata.ContainsKey(key) ? Parse(metadata, key, type, source) : null;

    private void RequireSampling(string source)
    {
        try
        {
            Sampling?.Validate(Schedule, Conditions.TakesLabels);
        }
        catch (DiffusionException exception)
        {
            throw new DiffusionException($"'{source}', {SamplingKey}: {exception.Message}", exception);
        }
    }
}
