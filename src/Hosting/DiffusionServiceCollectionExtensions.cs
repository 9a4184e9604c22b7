using Diffusion.Sampling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diffusion.Hosting;

/// <summary>Adds samplers to the services of a host.</summary>
public static class DiffusionServiceCollectionExtensions
{
    /// <summary>Adds one sampler, as <see cref="ISampler"/>, for all requests of the host. It is loaded when it is first asked for, logs
    /// its runs if the host has a logger, and is released with the host.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The path of the .onnx file: a network or a compiled sampler.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static IServiceCollection AddDiffusionSampler(this IServiceCollection services, string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return services.AddDiffusionSampler(new DiffusionSamplerOptions { Model = model });
    }

    /// <summary>Adds one sampler, as <see cref="ISampler"/>, for all requests of the host.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Which model, and how to load it.</param>
    public static IServiceCollection AddDiffusionSampler(this IServiceCollection services, DiffusionSamplerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        return services.AddSingleton<ISampler>(provider =>
        {
            ILogger logger = provider.GetService<ILoggerFactory>()?.CreateLogger<ISampler>() ?? NullLogger<ISampler>.Instance;
            LocalSampler sampler = LocalSampler.LoadAny(options.Model, options.Loading);
            SamplerLog.Loaded(logger, options.Model, sampler.Card.Data.Name, sampler.Plan.Caption);
            return new LoggingSampler(sampler, logger);
        });
    }
}
