using Microsoft.Extensions.Logging;

namespace Diffusion.Hosting;

/// <summary>The events of a sampler in a host.</summary>
internal static partial class SamplerLog
{
    [LoggerMessage(1, LogLevel.Information, "Loaded '{Path}': {Model}, {Plan}.")]
    public static partial void Loaded(ILogger logger, string path, string model, string plan);

    [LoggerMessage(2, LogLevel.Debug, "Drew {Count} samples of {Model} ({Plan}, seed {Seed}) in {Milliseconds:0.0} ms.")]
    public static partial void Drawn(ILogger logger, long count, string model, string plan, ulong seed, double milliseconds);

    [LoggerMessage(3, LogLevel.Debug, "Drawing {Count} samples of {Model} was canceled.")]
    public static partial void Canceled(ILogger logger, long count, string model);

    [LoggerMessage(4, LogLevel.Error, "Drawing {Count} samples of {Model} failed.")]
    public static partial void Failed(ILogger logger, long count, string model, Exception exception);
}
