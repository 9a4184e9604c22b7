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

    /// <summary>What diffusers clips to where the configuration gives no range.</summary>
    private const double DefaultClipSampleRange = 1;

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

    [JsonPropertyName("clip_sample_range")]
    public double? ClipSampleRange { get; set; }

    /// <summary>Describes the schedule and the prediction of a card.</summary>
    public static SchedulerConfig From(ModelCard card) => new()
    {
        TrainTimesteps = card.Schedule.TrainTimesteps,
        BetaStart = card.Schedule.Betas[0],
        BetaEnd = card.Schedule.Betas[^1],
        BetaSchedule = card.Schedule.Kind == Schedules.BetaSchedule.Cosine ? CosineName : LinearName,
        TrainedBetas = card.Schedule.Kind == Schedules.BetaSchedule.Custom ? card.Schedule.Betas.ToArray() : null,
        ClipSample = card.ClipSample is not null,
        ClipSampleRange = card.ClipSample,
        PredictionType = card.Prediction switch
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

    /// <summary>The bound of clean data described, or null where they are not clipped.</summary>
    /// <exception cref="DiffusionException">The bound is not above 0.</exception>
    public double? ToClipSample() => ClipSample switch
    {
        false => null,
        true when (ClipSampleRange ?? DefaultClipSampleRange) is var bound && bound > 0 && double.IsFinite(bound) => bound,
        true => throw new DiffusionException($"clip_sample_range must be above 0, is {ClipSampleRange}."),
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
