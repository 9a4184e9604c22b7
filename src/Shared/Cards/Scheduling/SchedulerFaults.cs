using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>Finds what cannot be obeyed in a <see cref="SchedulerConfig"/>.</summary>
internal static class SchedulerFaults
{
    /// <summary>Returns everything that is wrong, a clause each; nothing if the configuration can be obeyed in full.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="known">Its class; null if it names none, or one that is not known.</param>
    /// <param name="isFile">Whether it is a file of diffusers, which must describe a schedule.</param>
    public static IEnumerable<string> Find(SchedulerConfig config, SchedulerClass? known, bool isFile)
    {
        if (config.ClassName is not null && known is null)
        {
            // The other keys of such a class have a meaning of their own.
            string classes = string.Join(", ", SchedulerClass.All.Select(scheduler => scheduler.Name));
            return [$"_class_name '{config.ClassName}' is not a supported scheduler; expected one of {classes}"];
        }

        IEnumerable<string?> ofOthers = (config.Others ?? []).Select(pair => SchedulerKeys.Fault(pair.Key, pair.Value));
        IEnumerable<string?> all =
        [
            isFile ? NoSchedule(config) : null, .. OfWords(config), .. OfNumbers(config), .. Contradictions(config), .. ofOthers,
        ];
        return all.OfType<string>();
    }

    private static string? NoSchedule(SchedulerConfig config)
        => config is { ClassName: null, BetaSchedule: null, TrainedBetas: null }
            ? "the noise schedule is missing; expected a scheduler_config.json with _class_name, beta_schedule or trained_betas"
            : null;

    private static IEnumerable<string?> OfWords(SchedulerConfig config) =>
    [
        OneOf("beta_schedule", config.BetaSchedule,
            SchedulerConfig.LinearName, SchedulerConfig.ScaledLinearName, SchedulerConfig.CosineName, SchedulerConfig.SigmoidName),
        OneOf("prediction_type", config.PredictionType,
            SchedulerConfig.EpsilonName, SchedulerConfig.VPredictionName, SchedulerConfig.SampleName),
        OneOf("timestep_spacing", config.TimestepSpacing, [.. SchedulerGrid.Spacings]),
        OneOf("final_sigmas_type", config.FinalSigmasType, SchedulerConfig.SigmaZero, SchedulerConfig.SigmaMin),
        OneOf("variance_type", config.VarianceType, SchedulerConfig.FixedSmall, SchedulerConfig.FixedSmallLog, SchedulerConfig.FixedLarge),
    ];

    private static IEnumerable<string?> OfNumbers(SchedulerConfig config) =>
    [
        config.TrainedBetas is { } betas && config.TrainTimesteps is { } timesteps && betas.Length != timesteps
            ? Invariant($"trained_betas has {betas.Length} entries, but num_train_timesteps is {timesteps}")
            : null,
        InRange("clip_sample_range", config.ClipSampleRange, "greater than 0", range => range > 0 && double.IsFinite(range)),
        InRange("dynamic_thresholding_ratio", config.ThresholdingRatio, "between 0 and 1", ratio => ratio is >= 0 and <= 1),
        config.Thresholding != true
            ? null
            : InRange("sample_max_value", config.SampleMaxValue, "at least 1",
                value => value >= SchedulerConfig.DefaultClipSampleRange && double.IsFinite(value)),
        InRange("steps_offset", config.StepsOffset, "at least 0", offset => offset >= 0),
    ];

    private static IEnumerable<string?> Contradictions(SchedulerConfig config) =>
    [
        config.PredictEpsilon is { } predictsEpsilon && config.PredictionType is { } prediction
            && prediction != PredictionOf(predictsEpsilon)
            ? $"predict_epsilon {(predictsEpsilon ? "true" : "false")} means prediction_type '{PredictionOf(predictsEpsilon)}', "
                + $"but prediction_type is '{prediction}'"
            : null,
        config.RescaleBetasZeroSnr == true && config.ToPredictionType() == PredictionType.Epsilon
            ? "rescale_betas_zero_snr leaves no signal at the last timestep, where the predicted noise does not determine the data; "
                + "expected prediction_type v_prediction or sample"
            : null,
        new[] { config.UseKarrasSigmas, config.UseExponentialSigmas, config.UseLuLambdas }.Count(isUsed => isUsed == true) > 1
            ? "only one of use_karras_sigmas, use_exponential_sigmas and use_lu_lambdas can be true"
            : null,
    ];

    private static string PredictionOf(bool predictsEpsilon) => predictsEpsilon ? SchedulerConfig.EpsilonName : SchedulerConfig.SampleName;

    private static string? OneOf(string key, string? value, params string[] known)
        => value is null || known.Contains(value) ? null
            : $"{key} '{value}' is not supported; expected {string.Join(", ", known[..^1])} or {known[^1]}";

    private static string? InRange(string key, double? value, string range, Func<double, bool> isInRange)
        => value is null || isInRange(value.Value) ? null : FormattableString.Invariant($"{key} must be {range}; was {value}");
}
