using System.Text.Json.Serialization;
using Diffusion.Schedules;

namespace Diffusion.Models;

/// <summary>
/// The noise schedule and prediction type in the words of a scheduler_config.json of Hugging Face's diffusers. The
/// properties can be set because generated JSON code passes over the defaults of those that can only be initialised.
/// </summary>
internal sealed record SchedulerConfig
{
    private const string LinearName = "linear";
    private const string CosineName = "squaredcos_cap_v2";
    private const string EpsilonName = "epsilon";
    private const string VPredictionName = "v_prediction";
    private const string SampleName = "sample";

    [JsonPropertyName("_class_name")]
    public string ClassName { get; set; } = "DDPMScheduler";

    [JsonPropertyName("num_train_timesteps")]
    public int TrainTimesteps { get; set; } = NoiseSchedule.DefaultTrainTimesteps;

    [JsonPropertyName("beta_start")]
    public double BetaStart { get; set; } = NoiseSchedule.DefaultBetaStart;

    [JsonPropertyName("beta_end")]
    public double BetaEnd { get; set; } = NoiseSchedule.DefaultBetaEnd;

    [JsonPropertyName("beta_schedule")]
    public string BetaSchedule { get; set; } = LinearName;

    [JsonPropertyName("trained_betas")]
    public double[]? TrainedBetas { get; set; }

    [JsonPropertyName("prediction_type")]
    public string PredictionType { get; set; } = EpsilonName;

    [JsonPropertyName("clip_sample")]
    public bool ClipSample { get; set; }

    /// <summary>Describes a schedule.</summary>
    public static SchedulerConfig From(NoiseSchedule schedule, PredictionType prediction) => new()
    {
        TrainTimesteps = schedule.TrainTimesteps,
        BetaStart = schedule.Betas[0],
        BetaEnd = schedule.Betas[^1],
        BetaSchedule = schedule.Kind == Schedules.BetaSchedule.Cosine ? CosineName : LinearName,
        TrainedBetas = schedule.Kind == Schedules.BetaSchedule.Custom ? schedule.Betas.ToArray() : null,
        PredictionType = prediction switch
        {
            Models.PredictionType.VPrediction => VPredictionName,
            Models.PredictionType.Sample => SampleName,
            _ => EpsilonName,
        },
    };

    /// <summary>The schedule described.</summary>
    /// <exception cref="DiffusionException">The kind of schedule is not known, or its numbers make no schedule.</exception>
    public NoiseSchedule ToSchedule() => (TrainedBetas, BetaSchedule) switch
    {
        (not null, _) when TrainedBetas.Length != TrainTimesteps
            => throw new DiffusionException($"trained_betas has {TrainedBetas.Length} entries, but num_train_timesteps is {TrainTimesteps}."),
        (not null, _) => NoiseSchedule.FromBetas(TrainedBetas),
        (_, LinearName) => NoiseSchedule.LinearBetween(TrainTimesteps, BetaStart, BetaEnd),
        (_, CosineName) => NoiseSchedule.Cosine(TrainTimesteps),
        _ => throw new DiffusionException($"beta_schedule '{BetaSchedule}' is not known; {LinearName}, {CosineName} or a list trained_betas is expected."),
    };

    /// <summary>The prediction type described.</summary>
    /// <exception cref="DiffusionException">The prediction type is not known.</exception>
    public PredictionType ToPredictionType() => PredictionType switch
    {
        EpsilonName => Models.PredictionType.Epsilon,
        VPredictionName => Models.PredictionType.VPrediction,
        SampleName => Models.PredictionType.Sample,
        _ => throw new DiffusionException($"prediction_type '{PredictionType}' is not known; {EpsilonName}, {VPredictionName} or {SampleName} is expected."),
    };
}
