using System.Text;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Onnx.Compiling;
using Diffusion.Onnx.Protobuf;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Onnx;

/// <summary>Networks that others wrote: other names, and other ways to take the timestep.</summary>
[TestClass]
public sealed class ForeignNetworkTests
{
    private const int Points = 50;
    private const double Tolerance = 1e-5;

    private static readonly NetworkNames Names = new() { Sample = "x", Timestep = "t" };
    private static readonly ModelCard Card = ModelCard.FromSchedulerConfig(
        """{ "_class_name": "DDIMScheduler", "num_train_timesteps": 500, "beta_schedule": "squaredcos_cap_v2" }"""u8.ToArray(),
        new DataInfo { Name = "foreign", Dimension = 3 },
        "scheduler_config.json");

    public static IEnumerable<object[]> Timesteps =>
        from shape in new[] { "", "1", "n", "batch" }
        from isWhole in new[] { false, true }
        select new object[] { shape, isWhole };

    [TestMethod]
    [DynamicData(nameof(Timesteps))]
    public void HoweverTheTimestepIsTaken_ACompiledSampler_GivesThePointsOfTheClosedForm(string shape, bool isWhole)
    {
        using DiffusionSampler loop = new(new ClosedForm(3, ForeignNetwork.Predict), Card);
        foreach (ISolver solver in new ISolver[] { new Ddim(), new Ddpm() })
        {
            SamplingPlan plan = SamplingPlan.At(Card.Schedule, solver, [499, 300, 120, 40, 3]);
            SamplingJob job = new() { Count = Points, Plan = plan, Seed = 5 };
            using CompiledSampler compiled = CompiledSampler.Load(SamplerCompiler.Compile(Network(shape, isWhole), Card, plan));
            AssertEqual(loop.Sample(job), compiled.Sample(job));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Timesteps))]
    public void HoweverTheTimestepIsTaken_AnAdaptedNetwork_IsSampledLikeOneOfOurOwn(string shape, bool isWhole)
    {
        using DiffusionSampler loop = new(new ClosedForm(3, ForeignNetwork.Predict), Card);
        using DiffusionSampler adapted = DiffusionSampler.Load(NetworkAdapter.Adapt(Network(shape, isWhole), Card));
        SamplingJob job = new() { Count = Points, Plan = SamplingPlan.At(Card.Schedule, new Ddim(), [499, 300, 120, 40, 3]) };
        ExecutionOptions execution = new() { ChunkSize = 20 };
        AssertEqual(loop.Sample(job, execution), adapted.Sample(job, execution));
    }

    [TestMethod]
    public void WholeTimesteps_CannotBeAskedForFractions()
    {
        SamplingPlan plan = SamplingPlan.At(Card.Schedule, new Ddim(), [499, 20.5]);
        DiffusionException refusal = Assert.ThrowsExactly<DiffusionException>(
            () => SamplerCompiler.Compile(Network("n", isWhole: true), Card, plan));
        StringAssert.Contains(
            refusal.Message,
            "accepts only whole timesteps, but the solver evaluates it at 20.5. "
                + "Use a spacing with whole timesteps, such as leading or trailing");
    }

    [TestMethod]
    public void WhatIsNoSuchNetwork_IsRefused()
    {
        ModelProto good = ModelProto.Parser.ParseFrom(ForeignNetwork.Bytes("n", isWhole: false));
        AssertRefused("it has no input 'sample'; found x, t. Specify the input if it has another name.", good, new NetworkNames());
        AssertRefused("it has no output 'noise_pred'; found eps", good, Names with { Output = "noise_pred" });
        AssertRefused(
            "has the inputs x, t, label; expected only x and t",
            Changed(model => model.Graph.Input.Add(new ValueInfoProto(model.Graph.Input[0]) { Name = "label" })),
            Names);
        AssertRefused(
            "x must be float32 [n, d] with n dynamic and d fixed, at most 4096; was float32 [4, 3]",
            Changed(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 4), Names);
        AssertRefused(
            "eps must have 3 columns, as x has; was 2",
            Changed(model => model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 2),
            Names);
        AssertRefused(
            "t must be float32 or int64, a scalar, [1] or [n]; was bool [n]",
            Changed(model => model.Graph.Input[1].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Bool),
            Names);
        AssertRefused("uses operator set 9; 13 or later is required", Changed(model => model.OpsetImport[0].Version = 9), Names);
        AssertRefused(
            "computes the value 'w' twice", Changed(model => model.Graph.Initializer.AddRange([Weight("w"), Weight("w")])), Names);
        AssertRefused("it has no graph", new ModelProto(), Names);
        DiffusionException text = Assert.ThrowsExactly<DiffusionException>(
            () => NetworkFile.Read(Encoding.UTF8.GetBytes("hello"), "text", Names));
        Assert.AreEqual("'text' is not an ONNX model, or it is damaged: field 13 has the unknown encoding 4.", text.Message);

        ModelProto Changed(Action<ModelProto> change)
        {
            ModelProto model = good.Clone();
            change(model);
            return model;
        }
    }

    /// <summary>Nodes that nobody could run are nobody's to rearrange: what they lack is told by whoever runs them.</summary>
    [TestMethod]
    [DataRow("Gather")]
    [DataRow("Unsqueeze")]
    [DataRow("Cast")]
    [DataRow("Mul")]
    public void ANodeThatLacksItsInputs_IsCarriedAlong(string operation)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(ForeignNetwork.Bytes("n", isWhole: false));
        model.Graph.Node.Insert(0, new NodeProto { OpType = operation, Input = { "t" }, Output = { "unused" } });
        model.Graph.Node.Insert(0, new NodeProto { OpType = operation, Input = { "t", "t" }, Output = { "unused too" } });
        NetworkFile network = NetworkFile.Read(Google.Protobuf.MessageExtensions.ToByteArray(model), "foreign", Names);
        Assert.IsNotEmpty(SamplerCompiler.Compile(network, Card, SamplingPlan.At(Card.Schedule, new Ddim(), [499])));
    }

    [TestMethod]
    public void ACardOfAnotherDimension_IsRefused()
    {
        ModelCard other = Card with { Data = Card.Data with { Dimension = 2 } };
        DiffusionException refusal = Assert.ThrowsExactly<DiffusionException>(
            () => NetworkAdapter.Adapt(Network("n", isWhole: false), other));
        Assert.AreEqual("'foreign' has the dimension 3, but its model card says 2.", refusal.Message);
    }

    private static TensorProto Weight(string name) => new()
    {
        Name = name,
        DataType = (int)TensorProto.Types.DataType.Float,
        RawData = Google.Protobuf.ByteString.CopyFrom(new byte[sizeof(float)]),
    };

    private static void AssertRefused(string message, ModelProto model, NetworkNames names)
        => StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(
                () => NetworkFile.Read([.. Google.Protobuf.MessageExtensions.ToByteArray(model)], "foreign", names)).Message,
            message);

    private static void AssertEqual(PointSet expected, PointSet actual)
    {
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.AreEqual(expected.Values[i], actual.Values[i], Tolerance * Math.Max(1, Math.Abs(expected.Values[i])), $"number {i}");
        }
    }

    private static NetworkFile Network(string shape, bool isWhole)
        => NetworkFile.Read(ForeignNetwork.Bytes(shape, isWhole), "foreign", Names);
}
