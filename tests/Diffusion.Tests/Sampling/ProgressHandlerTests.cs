using Diffusion.Cards;
using Diffusion.Onnx.Compiling;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Sampling;

/// <summary>Whoever is told of progress may use the model, or release it: it is not held meanwhile.</summary>
[TestClass]
public sealed class ProgressHandlerTests
{
    private const int Count = 64;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);
    private static readonly ExecutionOptions Execution = new() { ChunkSize = 8, Threads = 2 };

    [TestMethod]
    [DataRow("compiled")]
    [DataRow("network")]
    [DataRow("likelihood")]
    public void AHandler_MaySample(string kind)
    {
        using LocalSampler sampler = Open(kind);
        int inner = 0;
        double[] expected = Run(kind, sampler, progress: null);
        double[] found = EndsInTime(() => Run(kind, sampler, new Handler(() =>
        {
            _ = sampler.Sample(3);
            Interlocked.Increment(ref inner);
        })));
        CollectionAssert.AreEqual(expected, found);
        Assert.IsGreaterThan(0, inner);
    }

    /// <summary>The run ends, at the latest where it would use the model again.</summary>
    [TestMethod]
    [DataRow("compiled")]
    [DataRow("network")]
    [DataRow("likelihood")]
    public void AHandler_MayReleaseTheModel(string kind)
    {
        LocalSampler sampler = Open(kind);
        EndsInTime(() => Assert.ThrowsExactly<ObjectDisposedException>(() => Run(kind, sampler, new Handler(sampler.Dispose))));
        Assert.ThrowsExactly<ObjectDisposedException>(() => sampler.Sample(3));
    }

    private static T EndsInTime<T>(Func<T> work)
    {
        Task<T> task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.IsTrue(Task.WaitAny([task], LongEnough) == 0, "The run does not end.");
        return task.GetAwaiter().GetResult();
    }

    private static LocalSampler Open(string kind)
    {
        if (kind != "compiled")
        {
            return ShippedModels.Load("moons");
        }

        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        return CompiledSampler.Load(SamplerCompiler.Compile(network, card, PlanFor(card)));
    }

    private static double[] Run(string kind, LocalSampler sampler, IProgress<SamplingProgress>? progress) => kind switch
    {
        "likelihood" => ((DiffusionSampler)sampler).LogLikelihood(
            new PointSet(new float[2 * Count], 2), new LikelihoodOptions { Steps = 4, Execution = Execution }, progress),
        _ => Doubles(sampler.Sample(new SamplingJob { Count = Count, Plan = PlanFor(sampler.Card) }, Execution, progress)),
    };

    private static SamplingPlan PlanFor(ModelCard card) => SamplingPlan.Create(card.Schedule, new Ddim(), 5);

    private static double[] Doubles(PointSet points) => Array.ConvertAll(points.Values.ToArray(), value => (double)value);

    private sealed class Handler(Action work) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => work();
    }
}
