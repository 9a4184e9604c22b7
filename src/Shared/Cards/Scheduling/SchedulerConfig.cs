using System.Text.Json;
using System.Text.Json.Serialization;
using Diffusion.Denoising;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>
/// A scheduler_config.json of Hugging Face's diffusers. Every key that changes the samples is either a property here, and obeyed,
/// or refused by name (<see cref="SchedulerKeys"/>). The properties can be set because generated JSON code skips the defaults of
/// those that can only be initialised.
/// </summary>
internal sealed record SchedulerConfig
{
    public const string FixedSmall = "fixed_small";
    public const string FixedSmallLog = "fixed_small_log";
    public const string FixedLarge = "fixed_large";
    public const string LinearName = "linear";
    public const string ScaledLinearName = "scaled_linear";
    public const string CosineName = "squaredcos_cap_v2";
    public const string SigmoidName = "sigmoid";
    public const string EpsilonName = "epsilon";
    public const string VPredictionName = "v_prediction";
    public const string SampleName = "sample";
    public const string SigmaZero = "zero";
    public const string SigmaMin = "sigma_min";

    /// <summary>What diffusers clips to, and where dynamic thresholding cuts, unless the configuration says otherwise.</summary>
    public const double DefaultClipSampleRange = 1;

    [JsonPropertyName("_class_name")]
    public string? ClassName { get; set; }

    [JsonPropertyName("num_train_timesteps")]
    public int? TrainTimesteps { get; set; }

    [JsonPropertyName("beta_start")]
    public double? BetaStart { get; set; }

    [JsonPropertyName("beta_end")]
    public double? BetaEnd { get; set; }

    [JsonPropertyName("beta_schedule")]
    public string? BetaSchedule { get; set; }

    [JsonPropertyName("trained_betas")]
    public double[]? TrainedBetas { get; set; }

    [JsonPropertyName("rescale_betas_zero_snr")]
    public bool? RescaleBetasZeroSnr { get; set; }

    [JsonPropertyName("prediction_type")]
    public string? PredictionType { get; set; }

    [JsonPropertyName("predict_epsilon")]
    public bool? PredictEpsilon { get; set; }

    [JsonPropertyName("clip_sample")]
    public bool? ClipSample { get; set; }

    [JsonPropertyName("clip_sample_range")]
    public double? ClipSampleRange { get; set; }

    [JsonPropertyName("thresholding")]
    public bool? Thresholding { get; set; }

    [JsonPropertyName("dynamic_thresholding_ratio")]
    public double? ThresholdingRatio { get; set; }

    [JsonPropertyName("sample_max_value")]
    public double? SampleMaxValue { get; set; }

    [JsonPropertyName("variance_type")]
    public string? VarianceType { get; set; }

    [JsonPropertyName("timestep_spacing")]
    public string? TimestepSpacing { get; set; }

    [JsonPropertyName("steps_offset")]
    public int? StepsOffset { get; set; }

    [JsonPropertyName("set_alpha_to_one")]
    public bool? SetAlphaToOne { get; set; }

    [JsonPropertyName("final_sigmas_type")]
    public string? FinalSigmasType { get; set; }

    [JsonPropertyName("use_karras_sigmas")]
    public bool? UseKarrasSigmas { get; set; }

    [JsonPropertyName("use_exponential_sigmas")]
    public bool? UseExponentialSigmas { get; set; }

    [JsonPropertyName("use_lu_lambdas")]
    public bool? UseLuLambdas { get; set; }

    /// <summary>The keys that have no property.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>Describes the schedule, the prediction and the way to sample of a card.</summary>
    public static SchedulerConfig From(ModelCard card)
    {
        NoiseSchedule schedule = card.Schedule.RescaledFrom ?? card.Schedule;
        SchedulerGrid? grid = card.Schedule.SchedulerGrid;
        bool endsAtClean = card.Schedule.FinalIndex == NoiseSchedule.CleanIndex;
        return new()
        {
            ClassName = grid?.ClassName ?? (endsAtClean ? SchedulerClass.Ddpm : SchedulerClass.Ddim),
            TrainTimesteps = schedule.TrainTimesteps,
            BetaStart = schedule.BetaRange.Start,
            BetaEnd = schedule.BetaRange.End,
            BetaSchedule = schedule.Kind switch
            {
                Time.BetaSchedule.Cosine => CosineName,
                Time.BetaSchedule.ScaledLinear => ScaledLinearName,
                Time.BetaSchedule.Sigmoid => SigmoidName,
                _ => LinearName,
            },
            TrainedBetas = schedule.Kind == Time.BetaSchedule.Custom ? schedule.Betas.ToArray() : null,
            RescaleBetasZeroSnr = card.Schedule.RescaledFrom is null ? null : true,
            PredictionType = card.Prediction switch
            {
                Denoising.PredictionType.VPrediction => VPredictionName,
                Denoising.PredictionType.Sample => SampleName,
                _ => EpsilonName,
            },
            ClipSample = card.ClipSample is not null,
            ClipSampleRange = card.ClipSample,
            Thresholding = card.Thresholding is null ? null : true,
            ThresholdingRatio = card.Thresholding?.Percentile,
            SampleMaxValue = card.Thresholding?.LargestReach,
            VarianceType = card.Variance switch { null => null, DdpmVariance.Posterior => FixedSmall, _ => FixedLarge },
            TimestepSpacing = grid?.Spacing,
            StepsOffset = grid?.Offset,
            UseKarrasSigmas = grid?.SigmaGrid == TimestepGrids.Karras ? true : null,
            UseExponentialSigmas = grid?.SigmaGrid == TimestepGrids.LogSnr ? true : null,
            SetAlphaToOne = endsAtClean && grid is null ? null : endsAtClean,
        };
    }

    /// <summary>Returns what the network predicts.</summary>
    public PredictionType ToPredictionType() => PredictionType switch
    {
        VPredictionName => Denoising.PredictionType.VPrediction,
        SampleName => Denoising.PredictionType.Sample,
        _ => PredictEpsilon == false ? Denoising.PredictionType.Sample : Denoising.PredictionType.Epsilon,
    };
}
