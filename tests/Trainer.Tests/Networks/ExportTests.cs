using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Onnx.Networks;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Diffusion.Training.Tests.Networks;

[TestClass]
public sealed class ExportTests
{
    private static readonly NoiseSchedule[] Schedules = [NoiseSchedule.Linear(), NoiseSchedule.Cosine(50)];

    public static IEnumerable<object[]> Options
        => from dimension in new[] { 1, 2, 5 }
           from depth in new[] { 1, 3 }
           from activation in Enum.GetValues<Activation>()
           from inputFrequencies in new[] { 0, 6 }
           from time in Enum.GetValues<TimeInput>()
           from timeFrequencies in new[] { 0, 6 }
           from skip in new[] { false, true }
           from schedule in new[] { 0, 1 }
           select new object[] { dimension, depth, activation, inputFrequencies, time, timeFrequencies, skip, schedule };

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void TorchAndOnnx_Agree_ForEveryNetwork(int dimension, int depth, Activation activation, int inputFrequencies, TimeInput time, int timeFrequencies, bool skip, int schedule)
    {
        EpsilonMlpOptions options = new()
        {
            Dimension = dimension,
            Width = 32,
            Depth = depth,
            Activation = activation,
            InputFrequencies = inputFrequencies,
            TimeInput = time,
            TimeFrequencies = timeFrequencies,
            SkipOutput = skip,
        };
        using EpsilonMlp network = new(options, Schedules[schedule], seed: 3);
        ModelCard card = Card(Schedules[schedule], dimension);
        double difference = ModelExport.Prove(EpsilonMlpGraph.Build(options, network.Weights(), card), network, card, "m");
        Assert.IsLessThanOrEqualTo(ModelExport.Tolerance, difference);
    }

    [TestMethod]
    public void TorchAndOnnx_Agree_WithATimestepForEachPoint()
    {
        EpsilonMlpOptions options = new() { Dimension = 2 };
        using EpsilonMlp network = new(options, Schedules[0], seed: 1);
        using InferenceSession session = new(EpsilonMlpGraph.Build(options, network.Weights(), Card(Schedules[0], 2)));
        float[] x = [.. Enumerable.Range(0, 14).Select(i => MathF.Sin(i))];
        float[] timesteps = [0, 0.5f, 10, 499.25f, 998, 998.75f, 999];
        using OrtValue sample = OrtValue.CreateTensorValueFromMemory(x, [7, 2]);
        using OrtValue timestep = OrtValue.CreateTensorValueFromMemory(timesteps, [7]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["sample", "timestep"], [sample, timestep], ["out_sample"]);
        float[] expected = network.forward(tensor(x, [7, 2]), tensor(timesteps)).data<float>().ToArray();
        float[] actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-5);
        }
    }

    [TestMethod]
    public void AFileThatComputesSomethingElse_IsNotPutInPlace()
    {
        EpsilonMlpOptions options = new() { Dimension = 2, Width = 8 };
        using EpsilonMlp network = new(options, Schedules[0], seed: 1);
        using EpsilonMlp another = new(options, Schedules[0], seed: 2);
        ModelCard card = Card(Schedules[0], 2);
        byte[] model = EpsilonMlpGraph.Build(options, another.Weights(), card);
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Prove(model, network, card, "m")).Message, "differs from the trained network");
    }

    [TestMethod]
    public void AFileThatIsNotProved_LeavesTheOldOneInPlace()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("m.onnx", "the old model");
        EpsilonMlpOptions options = new() { Dimension = 2, Width = 8 };
        using EpsilonMlp network = new(options, Schedules[0], seed: 1);
        ModelCard ofAnotherSchedule = Card(Schedules[1], 2);
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Save(path, network, options, ofAnotherSchedule)).Message, "differs from the trained network");
        Assert.AreEqual("the old model", File.ReadAllText(path));
        Assert.HasCount(1, folder.Files);
        Assert.IsLessThanOrEqualTo(ModelExport.Tolerance, ModelExport.Save(path, network, options, Card(Schedules[0], 2)));
        Assert.IsGreaterThan(1_000, new FileInfo(path).Length);
    }

    [TestMethod]
    public void ANetworkThatIsNotANumberSomewhere_IsNotProved()
    {
        EpsilonMlpOptions options = new() { Dimension = 2, Width = 8 };
        using EpsilonMlp network = new(options, Schedules[0], seed: 1);
        using (no_grad())
        {
            network.get_parameter("_output.bias")![1] = float.NaN;
        }

        ModelCard card = Card(Schedules[0], 2);
        byte[] model = EpsilonMlpGraph.Build(options, network.Weights(), card);
        Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Prove(model, network, card, "m"));
    }

    [TestMethod]
    public void InitialWeights_AreAFunctionOfTheSeed_WithinTheirBound()
    {
        EpsilonMlpOptions options = new() { Dimension = 2 };
        using EpsilonMlp first = new(options, Schedules[0], seed: 1);
        using EpsilonMlp same = new(options, Schedules[0], seed: 1);
        using EpsilonMlp other = new(options, Schedules[0], seed: 2);
        float[] weight = first.Weights().Hidden[0].Weight;
        CollectionAssert.AreEqual(weight, same.Weights().Hidden[0].Weight);
        CollectionAssert.AreNotEqual(weight, other.Weights().Hidden[0].Weight);
        Assert.AreEqual(1 / Math.Sqrt(128), weight.Max(), 1e-4);
        Assert.AreEqual(-1 / Math.Sqrt(128), weight.Min(), 1e-4);
    }

    private static ModelCard Card(NoiseSchedule schedule, int dimension)
        => new() { Schedule = schedule, Data = new DataInfo { Name = KnownDataSets.All[0].Name, Dimension = dimension } };
}
