using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Codecs;
using Diffusion.Onnx.Protobuf;
using Diffusion.Time;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diffusion.Trainer.Tests.Networks;

/// <summary>Networks with conditions.</summary>
[TestClass]
public sealed class NetworkTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Cosine(50);

    /// <summary>The export proves it with one timestep and with one for each sample.</summary>
    [TestMethod]
    public void ANetworkOfImages_WithLabelsAndGivenPixels_IsExported_WithItsConditionsByName()
    {
        using SmallUNet network = new(Schedule);
        ModelProto model = ModelProto.Parser.ParseFrom(ModelExport.Build(network, Card()));
        string[] inputs = [.. model.Graph.Input.Select(input => $"{input.Name}: {Type(input)} {Shape(input)}")];
        string[] expected =
        [
            "sample: Float n,1,8,6", "timestep: Float m", "class_labels: Int64 n", "given: Float n,1,8,6", "given_mask: Float n,1,8,6",
        ];
        CollectionAssert.AreEqual(expected, inputs);
        Assert.AreEqual("n,1,8,6", Shape(model.Graph.Output.Single()));

        static TensorProto.Types.DataType Type(ValueInfoProto value) => (TensorProto.Types.DataType)value.Type.TensorType.ElemType;

        static string Shape(ValueInfoProto value)
            => string.Join(',', value.Type.TensorType.Shape.Dim.Select(axis => axis.HasDimParam ? axis.DimParam : $"{axis.DimValue}"));
    }

    [TestMethod]
    public void Training_ReachesEveryWeight_AndTheLevelHasNone()
    {
        using SmallUNet network = new(Schedule);
        using DisposeScope scope = NewDisposeScope();
        Tensor level = network.Level(tensor([3f, 49]));
        Assert.IsFalse(level.requires_grad);
        TensorConditions conditions = new(tensor([0L, SmallUNet.Classes]), randn(2, 1, 8, 6), zeros(2, 1, 8, 6));
        Tensor output = network.Predict(randn(2, 1, 8, 6), level, conditions);
        CollectionAssert.AreEqual(new long[] { 2, 1, 8, 6 }, output.shape);
        output.mean().backward();
        Assert.IsTrue(network.parameters().All(parameter => parameter.grad is { } gradient && gradient.isfinite().all().item<bool>()));
    }

    [TestMethod]
    public void AConditionThatIsMissing_IsNamed()
    {
        using SmallUNet network = new(Schedule);
        using DisposeScope scope = NewDisposeScope();
        ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(
            () => network.Predict(randn(2, 1, 8, 6), network.Level(tensor([3f]))));
        StringAssert.StartsWith(refused.Message, "The module uses an input 'given', which it is not given");
    }

    [TestMethod]
    public void ACardOfAnotherNetwork_IsRefused()
    {
        using SmallUNet network = new(Schedule);
        ModelCard wrong = Card() with { Prediction = PredictionType.VPrediction };
        Assert.AreEqual(
            "'the model' predicts Epsilon, but its model card says VPrediction.",
            Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Build(network, wrong)).Message);
    }

    private static ModelCard Card() => new()
    {
        Schedule = Schedule,
        Data = new DataInfo { Name = "pictures", Dimension = 48, ImageLengths = [1, 8, 6] },
        Conditions = new ConditionSignature(SmallUNet.Classes, TakesGiven: true),
    };
}
