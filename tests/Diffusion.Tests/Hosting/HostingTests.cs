using System.Collections.Concurrent;
using Diffusion.Hosting;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Diffusion.Tests.Hosting;

[TestClass]
public sealed class HostingTests
{
    private static readonly SamplingJob Job = new() { Count = 20, Seed = 3 };

    [TestMethod]
    public async Task ASamplerOfAHost_GivesTheSamePoints_IsOneForAll_AndLogsItsRuns()
    {
        Events events = new();
        await using ServiceProvider services = Services(events, ShippedModels.PathOf("moons"));
        ISampler sampler = services.GetRequiredService<ISampler>();
        Assert.AreSame(sampler, services.GetRequiredService<ISampler>());
        using DiffusionSampler direct = DiffusionSampler.Load(ShippedModels.PathOf("moons"));
        PointSet points = await sampler.SampleAsync(Job);
        CollectionAssert.AreEqual(direct.Sample(Job).Values.ToArray(), points.Values.ToArray());
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => sampler.SampleAsync(Job, cancellationToken: source.Token));
        await Assert.ThrowsExactlyAsync<DiffusionException>(() => sampler.RunAsync(Job, new float[3]));
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, events.Ids.ToArray());
        Assert.AreEqual(LogLevel.Error, events.Highest);
    }

    [TestMethod]
    public async Task AStream_IsLogged_WhetherItEndsOrFails()
    {
        Events events = new();
        await using ServiceProvider services = Services(events, ShippedModels.PathOf("moons"));
        ISampler sampler = services.GetRequiredService<ISampler>();
        using CancellationTokenSource source = new();
        Assert.AreEqual(sampler.Plan.Tableau.Steps + 1, await CountFrames());
        await Assert.ThrowsAsync<OperationCanceledException>(() => CountFrames(stopAfter: 2));
        await Assert.ThrowsExactlyAsync<DiffusionException>(async () =>
        {
            await foreach (SampleFrame frame in sampler.StreamAsync(Job with { Count = 0 }))
            {
                Assert.Fail($"There is a frame {frame.Step}.");
            }
        });
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, events.Ids.ToArray());
        sampler.Dispose();
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => sampler.SampleAsync(Job));
        Assert.AreEqual(4, events.Ids.Last());

        async Task<int> CountFrames(int? stopAfter = null)
        {
            int count = 0;
            await foreach (SampleFrame frame in sampler.StreamAsync(Job, cancellationToken: source.Token))
            {
                count++;
                if (count == stopAfter)
                {
                    await source.CancelAsync();
                }
            }

            return count;
        }
    }

    [TestMethod]
    public async Task AHostWithoutLogging_SamplesAsWell()
    {
        ServiceCollection services = new();
        services.AddDiffusionSampler(ShippedModels.PathOf("circles"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.AreEqual(20, (await provider.GetRequiredService<ISampler>().SampleAsync(Job)).Count);
    }

    [TestMethod]
    public void AModelThatIsMissing_IsNamed_AndAnEmptyPathRefusedAtOnce()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new ServiceCollection().AddDiffusionSampler(" "));
        using ServiceProvider services = Services(new Events(), "missing.onnx");
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(services.GetRequiredService<ISampler>).Message, "'missing.onnx'");
    }

    private static ServiceProvider Services(Events events, string model)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(events));
        services.AddDiffusionSampler(model);
        return services.BuildServiceProvider();
    }

    private sealed class Events : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<int> Ids { get; } = [];

        public LogLevel Highest { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.IsGreaterThan(0, formatter(state, exception).Length);
            Ids.Enqueue(eventId.Id);
            Highest = (LogLevel)Math.Max((int)Highest, (int)logLevel);
        }

        public void Dispose()
        {
        }
    }
}
