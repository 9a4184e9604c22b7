using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Protobuf;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Time;
using Diffusion.TorchExport;
using Diffusion.Training.Export;
using Diffusion.Training.Networks;
using static TorchSharp.torch.nn;

namespace Diffusion.Trainer.Tests.TorchExport;

/// <summary>What an export is told, and what it refuses to be told.</summary>
[TestClass]
public sealed class OnnxExportOptionsTests
{
    [TestMethod]
    public void AnOutputWithoutAxes_StatesNoShape()
    {
        using LayerModule module = new(Linear(4, 3));
        byte[] file = OnnxExport.Build(module, options => options.Input("x", "n", 4).Output("logits"));
        ValueInfoProto output = ModelProto.Parser.ParseFrom(file).Graph.Output.Single();
        Assert.AreEqual("logits", output.Name);
        Assert.IsNull(output.Type.TensorType.Shape);
    }

    [TestMethod]
    public void FewerThanTwoSizes_AndThoseBelowOne_AreRefused()
    {
        OnnxExportOptions options = new();
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => options.Sizes("h")).Message,
            "The axis 'h' needs at least two lengths of at least 1.");
        Assert.ThrowsExactly<ArgumentException>(() => options.Sizes("h", 4));
        Assert.ThrowsExactly<ArgumentException>(() => options.Sizes("h", 4, 0));
    }

    [TestMethod]
    public void BroadcastsOfAxesThatAreNotThere_AreRefused()
    {
        using LayerModule module = new(Linear(4, 3));
        Assert.AreEqual(
            "The axis 'k' broadcasts to 'n', but 'k' is no open axis of an input. The open axes are: n.",
            Refused(options => options.Input("x", "n", 4).Broadcast("k", "n")));
        Assert.AreEqual(
            "The axis 'n' broadcasts to 'm', but 'n' is no open axis of an input. The open axes are: none.",
            Refused(options => options.Input("x", 2, 4).Broadcast("n", "m")));
        Assert.AreEqual(
            "The axis 'n' broadcasts to 'k', which is no open axis of an input. The open axes are: m.",
            Refused(options => options.Input("x", "n", 4).Input("y", "m").Broadcast("n", "k")));

        string Refused(Action<OnnxExportOptions> configure)
            => Assert.ThrowsExactly<DiffusionException>(() => OnnxExport.Build(module, configure)).Message;
    }

    [TestMethod]
    public void ADiffusionNetworkWithALayerOfItsOwn_IsWrittenWithItsCard()
    {
        NoiseSchedule schedule = NoiseSchedule.Linear();
        ModelCard card = new() { Schedule = schedule, Data = new DataInfo { Name = "p", Dimension = 2 } };
        using WithSnake network = new(schedule);
        Assert.ThrowsExactly<DiffusionException>(() => ModelExport.Build(network, card));
        byte[] file = ModelExport.Build(
            network, card, options => options.Layers.Add<Snake>(
                (graph, _, x) => x + (x.Sin() * x.Sin())));
        using DiffusionSampler sampler = DiffusionSampler.Load(file);
        Assert.AreEqual(3, sampler.Sample(3).Count);
    }

    private sealed class WithSnake : Network
    {
        private readonly Snake _snake = new();

        public WithSnake(NoiseSchedule schedule)
            : base("snake", new DenoiserSignature(SampleShape.Vector(2)), schedule) => RegisterComponents();

        public override T Level<T>(INet<T> net, T timestep) => timestep.Unsqueeze(1) / Schedule.TrainTimesteps;

        public override T Predict<T>(INet<T> net, T sample, T level, Inputs<T> conditions) => net.Apply(_snake, sample) * level;
    }
}
