using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

[TestClass]
public sealed class OnnxDenoiserTests
{
    private static readonly Dictionary<string, string> NoCard = [];
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Linear();

    [TestMethod]
    public void Predictions_AreThoseOfTheGraph_ForAnyNumberOfPoints()
    {
        using OnnxDenoiser denoiser = OnnxDenoiser.FromBytes(SampleTimesTimestep("sample", 2), "m");
        Assert.AreEqual(new DenoiserSignature(SampleShape.Vector(2)), denoiser.Signature);
        foreach (int count in new[] { 1, 5, 1, 300 })
        {
            float[] x = [.. Enumerable.Range(0, 2 * count).Select(i => i / 3f)];
            float[] epsilon = new float[x.Length];
            denoiser.Predict(new DenoiserCall(x, Schedule.At(0.5)), epsilon);
            CollectionAssert.AreEqual(Array.ConvertAll(x, v => v * 0.5f), epsilon);
        }
    }

    [TestMethod]
    public void ManyThreads_GetTheirOwnAnswers()
    {
        using OnnxDenoiser denoiser = OnnxDenoiser.FromBytes(SampleTimesTimestep("sample", 1), "m");
        Parallel.For(0, 2_000, k =>
        {
            float[] x = new float[1 + (k % 3)];
            Array.Fill(x, k);
            float[] epsilon = new float[x.Length];
            denoiser.Predict(new DenoiserCall(x, Schedule.At(2)), epsilon);
            Assert.AreEqual(2 * k, epsilon[0]);
        });
    }

    [TestMethod]
    public void UseAfterDisposal_IsAnException()
    {
        DiffusionSampler sampler = ShippedModels.Load("moons");
        IEnumerable<Frame> frames = sampler.Frames(new SamplingJob { Count = 3 }, new ExecutionOptions { Threads = 1 });
        sampler.Dispose();
        sampler.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => sampler.Sample(3));
        Assert.ThrowsExactly<ObjectDisposedException>(() => frames.Last());
    }

    [TestMethod]
    public void DisposalDuringPredictions_EndsThemInOrder()
    {
        DiffusionSampler sampler = ShippedModels.Load("moons");
        using ManualResetEventSlim started = new();
        SamplingJob job = new() { Count = 10_000, Plan = sampler.CreatePlan(steps: 1000) };
        Task work = Task.Run(() => sampler.Sample(job, new ExecutionOptions { ChunkSize = 64 }, new Signal(started)));
        started.Wait();
        sampler.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(work.GetAwaiter().GetResult);
    }

    [TestMethod]
    public void Models_CanBeLoadedFromMemory()
    {
        using DiffusionSampler fromFile = ShippedModels.Load("moons");
        using DiffusionSampler fromMemory = DiffusionSampler.Load(File.ReadAllBytes(ShippedModels.PathOf("moons")));
        CollectionAssert.AreEqual(fromFile.Sample(10).Values.ToArray(), fromMemory.Sample(10).Values.ToArray());
    }

    [TestMethod]
    public void TextNamedOnnx_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("text.onnx", "this is no model");
        Assert.AreEqual(
            $"'{path}' is not an ONNX model, or it is damaged: field 14 has the unknown encoding 4.",
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(path)).Message);
    }

    [TestMethod]
    public void MissingFile_IsRefused()
        => Assert.AreEqual(
            "The file 'nowhere.onnx' does not exist.",
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load("nowhere.onnx")).Message);

    [TestMethod]
    public void GraphsOfAnotherKind_AreRefused_ByNameAndShape()
    {
        DiffusionException name = Assert.ThrowsExactly<DiffusionException>(
            () => OnnxDenoiser.FromBytes(SampleTimesTimestep("image", 2), "m"));
        Assert.AreEqual("'m' is not a diffusion network: expected the inputs sample, timestep; found image, timestep.", name.Message);
        DiffusionException open = Assert.ThrowsExactly<DiffusionException>(
            () => OnnxDenoiser.FromBytes(SampleTimesTimestep("sample", "d"), "m"));
        Assert.AreEqual(
            "'m': sample must be float32 [n, d] or [n, c, h, w], n dynamic and the others fixed; was float32 [n, n].", open.Message);
    }

    [TestMethod]
    public void FileWithoutACard_IsRefused_UnlessOneIsSupplied()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["bare.onnx"], SampleTimesTimestep("sample", 2));
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => DiffusionSampler.Load(folder["bare.onnx"])).Message,
            "diffusion.version is missing");
        using DiffusionSampler sampler = DiffusionSampler.Load(folder["bare.onnx"], new ModelOptions { Card = MixturePredictor.Card });
        Assert.AreEqual(3, sampler.Sample(3).Count);
    }

    /// <summary>A graph that multiplies its points by the timestep.</summary>
    private static byte[] SampleTimesTimestep(string input, Axis dimension)
    {
        GraphBuilder graph = new("test");
        string product = graph.Apply("Mul", graph.Input(input, "n", dimension), graph.Input("timestep", "m"));
        graph.Output(product, "out_sample", "n", dimension);
        return graph.ToModel(NoCard);
    }

    private sealed class Signal(ManualResetEventSlim started) : IProgress<SamplingProgress>
    {
        public void Report(SamplingProgress value) => started.Set();
    }
}
