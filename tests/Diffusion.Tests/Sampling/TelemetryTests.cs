using System.Diagnostics;
using System.Diagnostics.Metrics;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>
/// What a program sees that watches the sampler. Other tests run at the same time, so each run here has a number of points of its own.
/// </summary>
[TestClass]
public sealed class TelemetryTests
{
    private static readonly SamplingPlan Plan = SamplingPlan.Create(MixturePredictor.Card.Schedule, new Ddpm(), 10);

    [TestMethod]
    public void EveryRun_IsSeen_ByWhatItDoesAndWith()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        using CompiledSampler compiled = CompiledSampler.Load(CompiledNetwork.Bytes("moons", Plan));
        (Activity[] activities, Dictionary<string, long> counts) = Watch(() =>
        {
            PointSet points = sampler.Sample(Ancestral(123));
            sampler.Encode(points, sampler.CreatePlan(new Ddpm(), 7));
            sampler.LogLikelihood(points.Slice(0, 2), new LikelihoodOptions { Steps = 3 });
            compiled.Sample(Ancestral(124));
            _ = sampler.Stream(Ancestral(1_000)).Last();
        });
        AssertSeen("diffusion.sample", "ddpm", 123, 10);
        AssertSeen("diffusion.encode", "ddim", 123, 7);
        AssertSeen("diffusion.likelihood", "rk4", 2, 3 * 4 * 5);
        AssertSeen("diffusion.sample", "ddpm", 124, 10);
        Assert.IsGreaterThanOrEqualTo(123 + 123 + 2 + 124 + 1_000, counts["diffusion.points"]);
        Assert.IsGreaterThanOrEqualTo(1_230 + (7 * 123) + 120 + 1_240 + 10_000, counts["diffusion.evaluations"]);

        void AssertSeen(string operation, string solver, int points, int rows) => Assert.IsTrue(
            activities.Any(activity => activity.OperationName == operation
                && activity.Status == ActivityStatusCode.Unset
                && Equals(activity.GetTagItem("diffusion.points"), points)
                && Equals(activity.GetTagItem("diffusion.rows"), rows) && Equals(activity.GetTagItem("diffusion.solver"), solver)),
            $"{operation} of {points}");
    }

    [TestMethod]
    public void ARunThatEndsEarly_IsAnError()
    {
        using DiffusionSampler sampler = new(new MixturePredictor(), MixturePredictor.Card);
        (Activity[] activities, _) = Watch(
            () => Assert.Throws<OperationCanceledException>(
                () => sampler.Sample(Ancestral(125), cancellationToken: new CancellationToken(canceled: true))));
        Assert.AreEqual(
            ActivityStatusCode.Error, activities.Single(activity => Equals(activity.GetTagItem("diffusion.points"), 125)).Status);
    }

    private static SamplingJob Ancestral(int count) => new() { Count = count, Plan = Plan };

    private static (Activity[] Activities, Dictionary<string, long> Counts) Watch(Action work)
    {
        List<Activity> activities = [];
        Dictionary<string, long> counts = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Diffusion.Sampler",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == "Diffusion.Sampler")
                {
                    meter.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (counts)
            {
                counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
            }
        });
        meters.Start();
        work();
        lock (activities)
        {
            lock (counts)
            {
                return ([.. activities], new Dictionary<string, long>(counts));
            }
        }
    }
}
