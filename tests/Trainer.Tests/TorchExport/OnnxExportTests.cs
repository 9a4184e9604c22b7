using Diffusion.Onnx;
using Diffusion.Onnx.Protobuf;
using Diffusion.Tests.Support;
using Diffusion.TorchExport;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>What is refused leaves no file and says why; what is written can be run.</summary>
[TestClass]
public sealed class OnnxExportTests
{
    /// <summary>What makes each module, and why it is refused.</summary>
    private static readonly (Func<PortableModule> Create, string Reason)[] Wrong =
    [
        (() => new WithoutHandler(), "The module '_block.1' of type TorchSharp.Modules.ELU has no handler."),
        (() => new WithSizeBurntIn(7), "The exported file fails for n = 1: "),
        (() => new WithSizeBurntIn(1), "The exported file gives the shape [1, 8] where the module gives [2, 4], for n = 2."),
        (() => new WithTwoAnswers(1.001), "The exported file differs from the module by 0.001 of the largest output; at most 1e-05"),
        (() => new WithTwoAnswers(1.00002), "The exported file differs from the module by 2e-05 of the largest output"),
        (() => new WithTwoAnswers(double.NaN), "The exported file differs from the module by NaN of the largest output"),
        (() => new WithTwoShapes(), "The exported file gives the shape [1, 1, 4] where the module gives [1, 4], for n = 1."),
        (() => new WithShapesThatDoNotFit(), "The module fails for n = 1: Matrices of the shapes [1, 4] and [1, 4] cannot be multiplied"),
        (() => new WithTypesThatDoNotFit(), "ONNX Runtime refuses the exported file: "),
    ];

    public static IEnumerable<int> Cases => Enumerable.Range(0, Wrong.Length);

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void AModuleThatCannotBeExported_IsRefused_AndTheOldFileStays(int number)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("m.onnx", "the old file");
        using PortableModule module = Wrong[number].Create();
        DiffusionException refused = Assert.ThrowsExactly<DiffusionException>(() => OnnxExport.Save(module, path, Describe));
        StringAssert.StartsWith(refused.Message, Wrong[number].Reason);
        Assert.AreEqual("the old file", File.ReadAllText(path));
        Assert.HasCount(1, folder.Files);
    }

    [TestMethod]
    public void AnInputThatIsNotDeclared_IsNamed()
    {
        using WithAnotherInput module = new();
        ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(() => OnnxExport.Build(module, Describe));
        StringAssert.StartsWith(refused.Message, "The module uses an input 'z', which it is not given; found: x.");
    }

    [TestMethod]
    public void ALayerOfOnesOwn_NeedsAHandler_WhichIsProvedToo()
    {
        using LayerModule module = new(Sequential(Linear(4, 3), new Snake()));
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => OnnxExport.Build(module, Describe)).Message,
            "'_layer.1' of type Diffusion.Trainer.Tests");
        OnnxExport.Build(module, With((graph, layer, x) => x + (x.Sin() * x.Sin())));
        OnnxExport.Build(module, With((graph, layer, x) => x + graph.Apply("Mul", x.Sin(), x.Sin())));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<DiffusionException>(() => OnnxExport.Build(module, With((graph, layer, x) => x + x.Sin()))).Message,
            "The exported file differs from the module");

        static Action<OnnxExportOptions> With(Func<GraphNet, Snake, GraphValue, GraphValue> write)
            => o => o.Input("x", "n", 4).Layers.Add(write);
    }

    [TestMethod]
    public void AModuleInTraining_IsExportedAsInEvaluation_AndStaysInTraining()
    {
        using LayerModule module = new(Sequential(Linear(4, 3), Dropout(0.9)));
        module.train();
        OnnxExport.Build(module, Describe);
        Assert.IsTrue(module.training);
        Assert.IsTrue(module.modules().OfType<Dropout>().Single().training);
    }

    [TestMethod]
    public void AFile_CarriesItsMetadata_AndSaysHowCloseItIs()
    {
        using TemporaryFolder folder = new();
        using LayerModule module = new(Linear(4, 3));
        double difference = OnnxExport.Save(module, folder["m.onnx"], Describe, new Dictionary<string, string> { ["key"] = "value" });
        Assert.IsInRange(0, OnnxExport.Tolerance, difference);
        Assert.AreEqual("value", OnnxFile.ReadMetadata(File.ReadAllBytes(folder["m.onnx"]), "m")["key"]);
    }

    /// <summary>What is as it should be all over, such as layers that begin with zeros, does not differ.</summary>
    [TestMethod]
    public void AModuleThatGivesZeros_IsProved() => OnnxExport.Build(new WithTwoAnswersOfZero(), Describe);

    /// <summary>A parameter that is used twice is written once.</summary>
    [TestMethod]
    public void WeightsThatAreShared_AreWrittenOnce()
    {
        Linear shared = Linear(4, 4);
        using LayerModule module = new(Sequential(shared, SiLU(), shared));
        ModelProto model = ModelProto.Parser.ParseFrom(OnnxExport.Build(module, Describe));
        CollectionAssert.AreEqual(
            new[] { "_layer.0.weight", "_layer.0.bias" }, model.Graph.Initializer.Select(weights => weights.Name).ToArray());
    }

    private static void Describe(OnnxExportOptions options) => options.Input("x", "n", 4);

    private sealed class WithTwoAnswersOfZero() : PortableModule("module")
    {
        public override T Forward<T>(INet<T> net, Inputs<T> inputs) => inputs["x"] - inputs["x"];
    }
}
