using System.Text.Json;
using System.Text.Json.Serialization;
using Diffusion.Codecs;
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
    private const double DefaultThresholdingRatio = 0.995;
    private const double DefaultSampleMaxValue = 1;

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

    /// <summary>Returns the card described, without data and training.</summary>
    /// <param name="data">What the network was trained on.</param>
    /// <param name="isFile">
    /// Whether this is a file of diffusers, in which a key that is left out has the default of the class, and not part of a card.
    /// </param>
    /// <exception cref="DiffusionException">The file describes no schedule, or has keys or values that cannot be obeyed; all are
    /// named.</exception>
    public ModelCard ToCard(DataInfo data, bool isFile)
    {
        SchedulerClass? known = ClassName is null ? null : SchedulerClass.Find(ClassName);
        SchedulerConfig read = isFile && known is not null ? OnlyWhatIsRead(known.Reads) : this;
        string[] faults = [.. SchedulerFaults.Of(read, known, isFile)];
        return faults.Length == 0
            ? read.ToCard(data, known, isFile ? known : null)
            : throw new DiffusionException($"{string.Join("; ", faults)}.");
    }

    private ModelCard ToCard(DataInfo data, SchedulerClass? known, SchedulerClass? defaults)
    {
        bool endsAtClean = (SetAlphaToOne ?? defaults?.EndsAtClean ?? true) && FinalSigmasType != SigmaMin;
        NoiseSchedule given = ToSchedule(defaults);
        NoiseSchedule schedule = RescaleBetasZeroSnr == true ? given.RescaleToZeroTerminalSnr() : given;
        bool isThresholded = Thresholding == true;
        double largest = SampleMaxValue ?? DefaultSampleMaxValue;
        return new ModelCard
        {
            Schedule = schedule.WithSampling(!endsAtClean, ToGrid(known, defaults)),
            Prediction = ToPredictionType(),
            ClipSample = isThresholded ? DefaultClipSampleRange
                : ClipSample ?? defaults?.ClipsSample ?? false ? ClipSampleRange ?? DefaultClipSampleRange
                : null,

            // With the usual maximum of 1, the quantile never exceeds the bound: that is plain clipping.
            Thresholding = isThresholded && largest > DefaultClipSampleRange
                ? new DynamicThresholding(ThresholdingRatio ?? DefaultThresholdingRatio, largest)
                : null,
            Variance = (VarianceType ?? defaults?.VarianceType) switch
            {
                null => null,
                FixedLarge => DdpmVariance.Beta,
                _ => DdpmVariance.Posterior,
            },
            Data = data,
        };
    }

    /// <summary>Leaves out the keys that a class ignores.</summary>
    private SchedulerConfig OnlyWhatIsRead(SchedulerFeatures reads)
    {
        SchedulerConfig read = this with { };
        if (!reads.HasFlag(SchedulerFeatures.Clipping))
        {
            (read.ClipSample, read.ClipSampleRange) = (null, null);
        }

        if (!reads.HasFlag(SchedulerFeatures.Thresholding))
        {
            (read.Thresholding, read.ThresholdingRatio, read.SampleMaxValue) = (null, null, null);
        }

        if (!reads.HasFlag(SchedulerFeatures.SigmaSpacing))
        {
            (read.UseKarrasSigmas, read.UseExponentialSigmas, read.UseLuLambdas) = (null, null, null);
        }

        if (!reads.HasFlag(SchedulerFeatures.Spacing))
        {
            (read.TimestepSpacing, read.StepsOffset) = (null, null);
        }

        read.SetAlphaToOne = reads.HasFlag(SchedulerFeatures.AlphaToOne) ? SetAlphaToOne : null;
        read.FinalSigmasType = reads.HasFlag(SchedulerFeatures.FinalSigma) ? FinalSigmasType : null;
        read.RescaleBetasZeroSnr = reads.HasFlag(SchedulerFeatures.ZeroSnr) ? RescaleBetasZeroSnr : null;

        // A learned variance changes what the network gives out, whichever class reads it.
        bool isFixed = VarianceType is FixedSmall or FixedSmallLog or FixedLarge;
        read.VarianceType = isFixed && !reads.HasFlag(SchedulerFeatures.Variance) ? null : VarianceType;
        return read;
    }

    private NoiseSchedule ToSchedule(SchedulerClass? defaults)
    {
        int timesteps = TrainTimesteps ?? TrainedBetas?.Length ?? NoiseSchedule.DefaultTrainTimesteps;
        double start = BetaStart ?? defaults?.BetaStart ?? NoiseSchedule.DefaultBetaStart;
        double end = BetaEnd ?? defaults?.BetaEnd ?? NoiseSchedule.DefaultBetaEnd;
        return (TrainedBetas, BetaSchedule) switch
        {
            (not null, _) => NoiseSchedule.FromBetas(TrainedBetas),
            (_, ScaledLinearName) => NoiseSchedule.ScaledLinear(timesteps, start, end),
            (_, CosineName) => NoiseSchedule.Cosine(timesteps),
            (_, SigmoidName) => NoiseSchedule.Sigmoid(timesteps, start, end),
            _ => NoiseSchedule.LinearBetween(timesteps, start, end),
        };
    }

    /// <summary>Returns what the network predicts.</summary>
    public PredictionType ToPredictionType() => PredictionType switch
    {
        VPredictionName => Denoising.PredictionType.VPrediction,
        SampleName => Denoising.PredictionType.Sample,
        _ => PredictEpsilon == false ? Denoising.PredictionType.Sample : Denoising.PredictionType.Epsilon,
    };

    private SchedulerGrid? ToGrid(SchedulerClass? known, SchedulerClass? defaults)
    {
        TimestepGrid? sigmaGrid = UseKarrasSigmas == true ? TimestepGrids.Karras
            : UseExponentialSigmas == true || UseLuLambdas == true ? TimestepGrids.LogSnr
            : null;
        string? spacing = TimestepSpacing ?? defaults?.Spacing ?? (sigmaGrid is null ? null : SchedulerGrid.Linspace);
        return spacing is null ? null : new SchedulerGrid
        {
            ClassName = ClassName ?? SchedulerClass.Ddpm,
            Spacing = spacing,
            Offset = StepsOffset ?? 0,
            SigmaGrid = sigmaGrid,
            DropsLast = known?.DropsLast ?? false,
            Rounding = known?.Rounding ?? SchedulerRounding.All,
        };
    }
}
