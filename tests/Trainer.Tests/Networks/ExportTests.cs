using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Data.BuiltIn;
using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Onnx.Compiling;
using Diffusion.Onnx.Protobuf;
using Diffusion.Sampling;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Diffusion.TorchExport;
using Diffusion.Trainer.Tests.Networks;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;
using Microsoft.ML.OnnxRuntime;
using TorchSharp.Modules;
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
    public void TorchAndOnnx_Agree_ForEveryNetwork(
        int dimension, int depth, Activation activation, int inputFrequencies, TimeInput time, int timeFrequencies, bool skip, int schedule)
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
        ModelExport.Build(network, Card(Schedules[schedule], dimension));
    }

    [TestMethod]
    public void TorchAndOnnx_Agree_WithATimestepForEachPoint()
    {
        EpsilonMlpOptions options = new() { Dimension = 2 };
        using EpsilonMlp network = new(options, Schedules[0], seed: 1);
        using InferenceSession session = new(ModelExport.Build(network, Card(Schedules[0], 2)));
        float[] x = [.. Enumerable.Range(0, 14).Select(i => MathF.Sin(i))];
        float[] timesteps = [0, 0.5f, 10, 499.25f, 998, 998.75f, 999];
        using OrtValue sample = OrtValue.CreateTensorValueFromMemory(x, [7, 2]);
        using OrtValue timestep = OrtValue.CreateTensorValueFromMemory(timesteps, [7]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            run, ["sample", "timestep"], [sample, timestep], ["out_sample"]);
        float[] expected = network.Predict(tensor(x, [7, 2]), network.Level(tensor(timesteps))).data<float>().ToArray();
        float[] actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-5);
        }
    }

    /// <summary>What depends on the index alone, up to the first sine or exponential, goes before the loop of a compiled file.</summary>
    [TestMethod]
    public void TheNoiseLevel_CanBeComputedForAllStepsAtOnce()
    {
        using EpsilonMlp network = new(new() { Dimension = 2, Width = 8 }, Schedules[0], seed: 1);
        ModelProto model = ModelProto.Parser.ParseFrom(ModelExport.Build(network, Card(Schedules[0], 2)));
        TimePart part = TimePart.Of(model.Graph, "timestep", TensorProto.Types.DataType.Float);
        string[] before =
        [
            "Unsqueeze", "Clip", "Floor", "Cast", "Gather", "Add", "Clip", "Cast", "Gather",
            "Sub", "Sub", "Mul", "Add", "Sub", "Div", "Mul",
        ];
        CollectionAssert.AreEquivalent(before, part.Nodes.Select(node => node.OpType).ToArray());
    }

    [TestMethod]
    public void AFile_UsesStandardOperatorsOnly_NamesItsWeightsAsTorchDoes_AndLeavesTheNumberOfPointsOpen()
    {
        using EpsilonMlp network = new(new() { Dimension = 2, Width = 8 }, Schedules[0], seed: 1);
        ModelProto model = ModelProto.Parser.ParseFrom(ModelExport.Build(network, Card(Schedules[0], 2)));
        Assert.AreEqual(GraphBuilder.Opset, model.OpsetImport.Single().Version);
        Assert.IsTrue(model.Graph.Node.All(node => node.Domain.Length == 0));
        CollectionAssert.AreEqual(new[] { "sample", "timestep" }, model.Graph.Input.Select(input => input.Name).ToArray());
        Assert.AreEqual("n", model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam);
        Assert.AreEqual(2, model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue);
        Assert.AreEqual("out_sample", model.Graph.Output.Single().Name);
        Assert.AreEqual("2", model.MetadataProps.Single(property => property.Key == "diffusion.version").Value);
        string[] weights = [.. network.named_parameters().Select(parameter => parameter.name)];
        CollectionAssert.IsSubsetOf(weights, model.Graph.Initializer.Select(weight => weight.Name).ToArray());
    }

    /// <summary>With all weights zero F = 0, and the skip output alone remains: ε̂ = √(1−ᾱ)·x.</summary>
    [TestMethod]
    public void SkipOutput_OfANetworkOfZeros_IsNoiseScaleTimesX()
    {
        using EpsilonMlp network = new(new() { Dimension = 2, Width = 8 }, Schedules[0], seed: 1);
        using (no_grad())
        {
            foreach (Parameter weights in network.parameters())
            {
                weights.zero_();
            }
        }

        using OnnxDenoiser denoiser = OnnxDenoiser.FromBytes(ModelExport.Build(network, Card(Schedules[0], 2)), "zeros");
        float[] x = [1, -2, 0.5f, 3];
        float[] epsilon = new float[x.Length];
        foreach (double timestep in new[] { 0, 0.25, 500, 998.5, 999 })
        {
            NoiseLevel level = Schedules[0].At(timestep);
            denoiser.Predict(new DenoiserCall(x, level), epsilon);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.AreEqual(level.Noise * x[i], epsilon[i], 1e-6, $"timestep {timestep}");
            }
        }
    }

    [TestMethod]
    public void ACardOfAnotherSchedule_IsRefused_AndLeavesTheOldFileInPlace()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("m.onnx", "the old model");
        using EpsilonMlp network = new(new() { Dimension = 2, Width = 8 }, Schedules[0], seed: 1);
        DiffusionException refused = Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Save(path, network, Card(Schedules[1], 2)));
        Assert.AreEqual("The noise schedule of the model card must be that of the network.", refused.Message);
        Assert.AreEqual("the old model", File.ReadAllText(path));
        Assert.HasCount(1, folder.Files);
        Assert.IsLessThanOrEqualTo(OnnxExport.Tolerance, ModelExport.Save(path, network, Card(Schedules[0], 2)));
        Assert.IsGreaterThan(1_000, new FileInfo(path).Length);
    }

    [TestMethod]
    public void ANetworkThatIsNotANumberSomewhere_IsNotProved()
    {
        using EpsilonMlp network = new(new() { Dimension = 2, Width = 8 }, Schedules[0], seed: 1);
        using (no_grad())
        {
            network.get_parameter("_output.bias")![1] = float.NaN;
        }

        Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Build(network, Card(Schedules[0], 2)));
    }

    [TestMethod]
    public void Sizes_ThatMakeNoNetwork_AreRefused()
    {
        EpsilonMlpOptions usual = new() { Dimension = 2 };
        EpsilonMlpOptions[] wrong =
        [
            usual with { Dimension = 0 }, usual with { Width = 0 }, usual with { Depth = 0 },
            usual with { InputFrequencies = -1 }, usual with { TimeFrequencies = 17 },
        ];
        foreach (EpsilonMlpOptions options in wrong)
        {
            Assert.ThrowsExactly<DiffusionException>(options.Validate);
        }
    }

    [TestMethod]
    public void InitialWeights_AreAFunctionOfTheSeed_WithinTheirBound()
    {
        EpsilonMlpOptions options = new() { Dimension = 2 };
        using EpsilonMlp first = new(options, Schedules[0], seed: 1);
        using EpsilonMlp same = new(options, Schedules[0], seed: 1);
        using EpsilonMlp other = new(options, Schedules[0], seed: 2);
        float[] weight = first.Weights("_hidden.0.weight");
        CollectionAssert.AreEqual(weight, same.Weights("_hidden.0.weight"));
        CollectionAssert.AreNotEqual(weight, other.Weights("_hidden.0.weight"));
        Assert.AreEqual(1 / Math.Sqrt(128), weight.Max(), 1e-4);
        Assert.AreEqual(-1 / Math.Sqrt(128), weight.Min(), 1e-4);
    }

    private static ModelCard Card(NoiseSchedule schedule, int dimension)
        => new() { Schedule = schedule, Data = new DataInfo { Name = KnownDataSets.All[0].Name, Dimension = dimension } };
}
