using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx;
using Diffusion.Onnx.Networks;
using Diffusion.Onnx.Protobuf;
using Diffusion.Sampling;
using Diffusion.Time;

namespace Diffusion.Tests.Onnx;

[TestClass]
public sealed class GraphBuilderTests
{
    private static readonly ModelCard Card = new() { Schedule = NoiseSchedule.Linear(), Data = new DataInfo { Name = "test", Dimension = 2 } };

    [TestMethod]
    public void Constants_WithAnotherNumberOfElements_AreRefused()
        => Assert.ThrowsExactly<ArgumentException>(() => new GraphBuilder("test").Constant("w", [1f, 2f, 3f], 2, 2));

    [TestMethod]
    public void Model_UsesStandardOperatorsOnly_AndLeavesTheNumberOfPointsOpen()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(EpsilonMlpGraph.Build(Options(), Weights(Options()), Card));
        Assert.AreEqual(GraphBuilder.Opset, model.OpsetImport.Single().Version);
        Assert.IsTrue(model.Graph.Node.All(node => node.Domain.Length == 0));
        CollectionAssert.AreEqual(new[] { "sample", "timestep" }, model.Graph.Input.Select(input => input.Name).ToArray());
        Assert.AreEqual("n", model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimParam);
        Assert.AreEqual(2, model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue);
        Assert.AreEqual("out_sample", model.Graph.Output.Single().Name);
        Assert.AreEqual("1", model.MetadataProps.Single(property => property.Key == "diffusion.version").Value);
    }

    /// <summary>With all weights zero F = 0, and the skip output alone remains: ε̂ = √(1−ᾱ)·x.</summary>
    [TestMethod]
    public void SkipOutput_OfANetworkOfZeros_IsNoiseScaleTimesX()
    {
        using OnnxDenoiser denoiser = OnnxDenoiser.FromBytes(EpsilonMlpGraph.Build(Options(), Weights(Options()), Card), "zeros");
        float[] epsilon = new float[4];
        foreach (double timestep in new[] { 0, 0.25, 500, 998.5, 999 })
        {
            NoiseLevel level = Card.Schedule.At(timestep);
            denoiser.Predict(new DenoiserCall([1, -2, 0.5f, 3], level), epsilon);
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(level.Noise * new[] { 1, -2, 0.5, 3 }[i], epsilon[i], 1e-6, $"timestep {timestep}");
            }
        }
    }

    [TestMethod]
    public void Sizes_ThatMakeNoNetwork_AreRefused()
    {
        EpsilonMlpOptions[] wrong =
        [
            Options() with { Dimension = 0 }, Options() with { Width = 0 }, Options() with { Depth = 0 },
            Options() with { InputFrequencies = -1 }, Options() with { TimeFrequencies = 17 },
        ];
        foreach (EpsilonMlpOptions options in wrong)
        {
            Assert.ThrowsExactly<DiffusionException>(options.Validate);
        }
    }

    private static EpsilonMlpOptions Options() => new() { Dimension = 2, Width = 8, Depth = 2 };

    private static EpsilonMlpWeights Weights(EpsilonMlpOptions options) => new(
        new Dense(new float[options.InputFeatures * options.Width], []),
        new Dense(new float[options.TimeFeatures * options.Width], new float[options.Width]),
        [new Dense(new float[options.Width * options.Width], new float[options.Width])],
        new Dense(new float[options.Width * options.Dimension], new float[options.Dimension]));
}
