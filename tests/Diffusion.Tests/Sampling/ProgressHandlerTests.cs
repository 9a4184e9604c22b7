using Diffusion.Cards;
using Diffusion.Files.Models;
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
    private static readonly SamplerOptions Options = new() { Solver = new Ddim(), Steps = 5, ChunkSize = 8, Threads = 2 };

    [TestMethod]
    [DataRow("compiled")]
    [DataRow("network")]
    [DataRow("likelihood")]
    public void AHandler_MaySample(string kind)
    {
        using ISampler sampler = Open(kind);
        int inner = 0;
        double[] expected = Run(kind, sampler, progress: null);
        double[] found = EndsInTime(() => Run(kind, sampler, new Handler(() =>
        {
            Sample(sampler);
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
        ISampler sampler = Open(kind);
        EndsInTime(() => Assert.ThrowsExactly<ObjectDisposedException>(() => Run(kind, sampler, new Handler(sampler.Dispose))));
        Assert.ThrowsExactly<ObjectDisposedException>(() => Sample(sampler));
    }

    private static T EndsInTime<T>(Func<T> work)
    {
        Task<T> task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.IsTrue(Task.WaitAny([task], LongEnough) == 0, "The run does not end.");
        return task.GetAwaiter().GetResult();
    }

    private static ISampler Open(string kind)
    {
        if (kind != "compiled")
        {
            return ShippedModels.Load("moons");
        }

        NetworkFile network = NetworkFile.Read(File.ReadAllBytes(ShippedModels.PathOf("moons")), "moons");
        ModelCard card = ModelCard.FromMetadata(network.Metadata, "moons");
        return CompiledSampler.Load(SamplerCompiler.Compile(network, card, Options.BuildTableau(card.Schedule), new CompileOptions { Solver = "ddim" }));
    }

    private static double[] Run(string kind, ISampler sampler, IProgress<SamplingProgress>? progress) => kind switch
    {
        "compiled" => Doubles(((CompiledSampler)sampler).Sample(Count, Options, progress)),
        "network" => Doubles(((DiffusionSampler)sampler).Sample(Count, Options, progress)),
        _ => ((DiffusionSampler)sampler).LogLikelihood(new PointSet(new float[2 * Count], 2), new LikelihoodOptions { Steps = 4, ChunkSize = 8, Threads = 2 }, progress),
    };

    private static void Sample(ISampler sampler) => _ = sampler is CompiledSampler compiled ? compiled.Sample(3) : ((DiffusionSampler)sampler).Sample(3);

    private static double[] Doubles(PointSet points) => Array.ConvertAll(points.Values.ToArray(), value => (double)value);

    private sealed class Handler(Action work) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => work();
    }
}
