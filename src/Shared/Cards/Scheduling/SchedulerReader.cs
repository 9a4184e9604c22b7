using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>Makes a <see cref="SchedulerConfig"/> a card, as the class of diffusers that it names reads it.</summary>
internal static class SchedulerReader
{
    private const double DefaultThresholdingRatio = 0.995;
    private const double DefaultSampleMaxValue = 1;

    /// <summary>Returns the card described, without data and training.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="data">What the network was trained on.</param>
    /// <param name="isFile">
    /// Whether this is a file of diffusers, in which a key that is left out has the default of the class, and not part of a card.
    /// </param>
    /// <exception cref="DiffusionException">The file describes no schedule, or has keys or values that cannot be obeyed; all are
    /// named.</exception>
    public static ModelCard ToCard(this SchedulerConfig config, DataInfo data, bool isFile)
    {
        SchedulerClass? known = config.ClassName is null ? null : SchedulerClass.Find(config.ClassName);
        SchedulerConfig read = isFile && known is not null ? OnlyWhatIsRead(config, known.Reads) : config;
        string[] faults = [.. SchedulerFaults.Find(read, known, isFile)];
        return faults.Length == 0
            ? ToCard(read, data, known, isFile ? known : null)
            : throw new DiffusionException($"{string.Join("; ", faults)}.");
    }

    private static ModelCard ToCard(SchedulerConfig config, DataInfo data, SchedulerClass? known, SchedulerClass? defaults)
    {
        bool endsAtClean = (config.SetAlphaToOne ?? defaults?.EndsAtClean ?? true) && config.FinalSigmasType != SchedulerConfig.SigmaMin;
        NoiseSchedule given = ToSchedule(config, defaults);
        NoiseSchedule schedule = config.RescaleBetasZeroSnr == true ? given.RescaleToZeroTerminalSnr() : given;
        bool isThresholded = config.Thresholding == true;
        double largest = config.SampleMaxValue ?? DefaultSampleMaxValue;
        return new ModelCard
        {
            Schedule = schedule.WithSampling(!endsAtClean, ToGrid(config, known, defaults)),
            Prediction = config.ToPredictionType(),
            ClipSample = isThresholded ? SchedulerConfig.DefaultClipSampleRange
                : config.ClipSample ?? defaults?.ClipsSample ?? false
                    ? config.ClipSampleRange ?? SchedulerConfig.DefaultClipSampleRange
                : null,

            // With the usual maximum of 1, the quantile never exceeds the bound: that is plain clipping.
            Thresholding = isThresholded && largest > SchedulerConfig.DefaultClipSampleRange
                ? new DynamicThresholding(config.ThresholdingRatio ?? DefaultThresholdingRatio, largest)
                : null,
            Variance = (config.VarianceType ?? defaults?.VarianceType) switch
            {
                null => null,
                SchedulerConfig.FixedLarge => DdpmVariance.Beta,
                _ => DdpmVariance.Posterior,
            },
            Data = data,
        };
    }

    /// <summary>Leaves out the keys that a class ignores.</summary>
    private static SchedulerConfig OnlyWhatIsRead(SchedulerConfig config, SchedulerFeatures reads)
    {
        SchedulerConfig read = config with { };
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

        read.SetAlphaToOne = reads.HasFlag(SchedulerFeatures.AlphaToOne) ? config.SetAlphaToOne : null;
        read.FinalSigmasType = reads.HasFlag(SchedulerFeatures.FinalSigma) ? config.FinalSigmasType : null;
        read.RescaleBetasZeroSnr = reads.HasFlag(SchedulerFeatures.ZeroSnr) ? config.RescaleBetasZeroSnr : null;

        // A learned variance changes what the network gives out, whichever class reads it.
        bool isFixed = config.VarianceType
            is SchedulerConfig.FixedSmall or SchedulerConfig.FixedSmallLog or SchedulerConfig.FixedLarge;
        read.VarianceType = isFixed && !reads.HasFlag(SchedulerFeatures.Variance) ? null : config.VarianceType;
        return read;
    }

    private static NoiseSchedule ToSchedule(SchedulerConfig config, SchedulerClass? defaults)
    {
        int timesteps = config.TrainTimesteps ?? config.TrainedBetas?.Length ?? NoiseSchedule.DefaultTrainTimesteps;
        double start = config.BetaStart ?? defaults?.BetaStart ?? NoiseSchedule.DefaultBetaStart;
        double end = config.BetaEnd ?? defaults?.BetaEnd ?? NoiseSchedule.DefaultBetaEnd;
        return (config.TrainedBetas, config.BetaSchedule) switch
        {
            (not null, _) => NoiseSchedule.FromBetas(config.TrainedBetas),
            (_, SchedulerConfig.ScaledLinearName) => NoiseSchedule.ScaledLinear(timesteps, start, end),
            (_, SchedulerConfig.CosineName) => NoiseSchedule.Cosine(timesteps),
            (_, SchedulerConfig.SigmoidName) => NoiseSchedule.Sigmoid(timesteps, start, end),
            _ => NoiseSchedule.LinearBetween(timesteps, start, end),
        };
    }

    private static SchedulerGrid? ToGrid(SchedulerConfig config, SchedulerClass? known, SchedulerClass? defaults)
    {
        TimestepGrid? sigmaGrid = config.UseKarrasSigmas == true ? TimestepGrids.Karras
            : config.UseExponentialSigmas == true || config.UseLuLambdas == true ? TimestepGrids.LogSnr
            : null;
        string? spacing = config.TimestepSpacing ?? defaults?.Spacing ?? (sigmaGrid is null ? null : SchedulerGrid.Linspace);
        return spacing is null ? null : new SchedulerGrid
        {
            ClassName = config.ClassName ?? SchedulerClass.Ddpm,
            Spacing = spacing,
            Offset = config.StepsOffset ?? 0,
            SigmaGrid = sigmaGrid,
            DropsLast = known?.DropsLast ?? false,
            Rounding = known?.Rounding ?? SchedulerRounding.All,
        };
    }
}
