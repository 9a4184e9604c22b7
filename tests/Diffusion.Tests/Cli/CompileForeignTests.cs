using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Protobuf;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Google.Protobuf;

namespace Diffusion.Tests.Cli;

/// <summary>Networks of others through diffusion compile: run before they are put in place, or refused by name.</summary>
[TestClass]
public sealed class CompileForeignTests
{
    private static readonly double[] AlphaBars = NoiseSchedule.Linear(1000).AlphaBars.ToArray();

    /// <summary>
    /// A list for dynamic_axes gives the axes of points and timesteps different names; the network
    /// needs one timestep for each point all the same.
    /// </summary>
    [TestMethod]
    [DataRow("n")]
    [DataRow("t_dynamic_axes_1")]
    public void AnOpenTimestepAxis_GetsATimestepForEverySample(string axis)
    {
        using TemporaryFolder folder = Folder(NeedsAll(GaussianNetwork.Bytes(AlphaBars, PredictionType.Epsilon, axis)));
        (int code, _, string messages) = Compile(folder);
        Assert.AreEqual(0, code, messages);
        (code, _, messages) = CommandRun.Of("diffusion", folder.Root, "sample", "c.onnx", "-n", "1000", "-o", "c.npy");
        Assert.AreEqual(0, code, messages);
    }

    [TestMethod]
    public void ANetworkForOneSampleAlone_IsRefused_AndNoFileIsWritten()
    {
        using TemporaryFolder folder = Folder(With(graph => Node(graph, "Reshape", "x", "one", new TensorProto
        {
            Name = "one",
            DataType = 7,
            Dims = { 2 },
            RawData = ByteString.CopyFrom([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]),
        })));
        CommandRun.AssertRefused("The compiled file runs with a batch of 1, but fails with a batch of 2.", Compile(folder));
        Assert.IsFalse(File.Exists(folder["c.onnx"]));
    }

    /// <summary>The mean over the batch comes in by an operator that is innocent anywhere else.</summary>
    [TestMethod]
    public void ANetworkWhoseSamplesDependOnEachOther_IsRefused()
    {
        using TemporaryFolder folder = Folder(With(graph =>
        {
            AttributeProto axis = new() { Name = "axes", Ints = { 0 }, Type = AttributeProto.Types.AttributeType.Ints };
            graph.Node.Insert(0, new NodeProto { OpType = "ReduceMean", Input = { "sample" }, Output = { "mean" }, Attribute = { axis } });
            graph.Node.Insert(1, new NodeProto { OpType = "Sub", Input = { "sample", "mean" }, Output = { "x" } });
        }));
        CommandRun.AssertRefused(
            "its samples depend on each other, or it is random. Export a network that computes each sample independently.",
            Compile(folder));
        Assert.IsFalse(File.Exists(folder["c.onnx"]));
    }

    /// <summary>The first sample of a batch is right, those after it depend on it.</summary>
    [TestMethod]
    public void ASumOverTheSamplesBefore_IsRefused()
    {
        using TemporaryFolder folder = Folder(With(graph =>
        {
            graph.Node.Insert(0, new NodeProto { OpType = "CumSum", Input = { "sample", "first" }, Output = { "x" } });
            graph.Initializer.Add(new TensorProto { Name = "first", DataType = 7, RawData = ByteString.CopyFrom(new byte[8]) });
        }));
        CommandRun.AssertRefused("its samples depend on each other", Compile(folder));
    }

    /// <summary>A column of large numbers must not hide that the samples of another one depend on each other.</summary>
    [TestMethod]
    public void ADependenceInAColumnOfSmallNumbers_IsFound()
    {
        DataInfo data = new()
        {
            Name = "table", Dimension = 2, Columns = ["income", "height"], Shift = [40_000, 1.7], Scale = [10_000, 0.1],
        };
        byte[] network = With(graph =>
        {
            AttributeProto axis = new() { Name = "axes", Ints = { 0 }, Type = AttributeProto.Types.AttributeType.Ints };
            graph.Node.Insert(0, new NodeProto { OpType = "ReduceMean", Input = { "sample" }, Output = { "mean" }, Attribute = { axis } });
            graph.Node.Insert(1, new NodeProto { OpType = "Mul", Input = { "mean", "second" }, Output = { "part" } });
            graph.Node.Insert(2, new NodeProto { OpType = "Sub", Input = { "sample", "part" }, Output = { "x" } });
            ByteString second = ByteString.CopyFrom([0, 0, 0, 0, 0, 0, 0x80, 0x3F]);
            graph.Initializer.Add(new TensorProto { Name = "second", DataType = 1, Dims = { 2 }, RawData = second });
        });
        using TemporaryFolder folder = Folder(CardedNetwork.Bytes(network, data));
        CommandRun.AssertRefused("its samples depend on each other", Compile(folder));
    }

    [TestMethod]
    public void OperatorsThatLookAcrossSamples_AreRefusedByName()
    {
        AssertOperator("DynamicQuantizeLinear", graph => graph.Node.Insert(0, new NodeProto
        {
            OpType = "DynamicQuantizeLinear",
            Input = { "sample" },
            Output = { "q", "s", "z" },
        }));
        AssertOperator("Dropout with a training mode", graph => graph.Node.Insert(0, new NodeProto
        {
            OpType = "Dropout",
            Input = { "sample", "", "yes" },
            Output = { "x" },
        }));
        AssertOperator("BatchNormalization in training mode", graph => graph.Node.Insert(0, new NodeProto
        {
            OpType = "BatchNormalization",
            Input = { "sample", "s", "b", "m", "v" },
            Output = { "x" },
            Attribute = { new AttributeProto { Name = "training_mode", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
        }));

        AssertOperator("BatchNormalization in training mode", graph => graph.Node.Insert(0, new NodeProto
        {
            OpType = "BatchNormalization",
            Input = { "sample", "s", "b", "m", "v" },
            Output = { "x", "mean", "variance", "saved_mean", "saved_variance" },
        }));

        static void AssertOperator(string name, Action<GraphProto> insert)
        {
            using TemporaryFolder folder = Folder(With(insert));
            CommandRun.AssertRefused($"has the operator {name}, which makes a sample depend on the others of its batch", Compile(folder));
        }
    }

    /// <summary>What looks like one of those and is not.</summary>
    [TestMethod]
    [DataRow(new[] { "sample" })]
    [DataRow(new[] { "sample", "", "" })]
    public void DropoutInEvaluationMode_IsAccepted(string[] inputs)
    {
        using TemporaryFolder folder = Folder(
            With(graph => graph.Node.Insert(0, new NodeProto { OpType = "Dropout", Input = { inputs }, Output = { "x" } })));
        (int code, _, string messages) = Compile(folder);
        Assert.AreEqual(0, code, messages);
    }

    [TestMethod]
    public void ElementTypes_AreCalledByTheirNames()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(GaussianNetwork.Bytes(AlphaBars, PredictionType.Epsilon));
        model.Graph.Input[0].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float16;
        using TemporaryFolder folder = Folder(model.ToByteArray());
        CommandRun.AssertRefused(
            "sample must be float32 [n, d] with n dynamic and d fixed, at most 4096; was float16 [n, 2].", Compile(folder));
    }

    [TestMethod]
    public void ARungeKuttaMethodOnWholeTimesteps_IsAnsweredWithSolversThatFit()
    {
        using TemporaryFolder folder = Folder(GaussianNetwork.Bytes(AlphaBars, PredictionType.Epsilon));
        (int Code, string Output, string Messages) run = CommandRun.Of(
            "diffusion", folder.Root, "compile", "net.onnx", "--solver", "rk4", "--steps", "10", "-o", "c.onnx");
        CommandRun.AssertRefused("also evaluates it between steps. Use a solver with 1 evaluation per step, such as ddim or dpm++2m", run);
        Assert.DoesNotContain("--spacing trailing", run.Messages);
    }

    private static TemporaryFolder Folder(byte[] network)
    {
        TemporaryFolder folder = new();
        File.WriteAllBytes(folder["net.onnx"], network);
        folder.Write("scheduler_config.json", """{"_class_name":"DDIMScheduler","clip_sample":false}""");
        return folder;
    }

    private static (int Code, string Output, string Messages) Compile(TemporaryFolder folder)
        => CommandRun.Of("diffusion", folder.Root, "compile", "net.onnx", "--solver", "ddim", "--steps", "10", "-o", "c.onnx");

    /// <summary>A network that fails unless it is given as many timesteps as points.</summary>
    private static byte[] NeedsAll(byte[] network)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(network);
        GraphProto graph = model.Graph;
        NodeProto last = graph.Node.Single(node => node.Output.Contains("out_sample"));
        string answer = last.Input[0];
        last.Input[0] = "checked";
        int place = graph.Node.IndexOf(last);
        NodeProto[] nodes =
        [
            new() { OpType = "Cast", Input = { "timestep" }, Output = { "t_float" }, Attribute = { One("to") } },
            new() { OpType = "Mul", Input = { "t_float", "nothing" }, Output = { "zero" } },
            new() { OpType = "Unsqueeze", Input = { "zero", "axis" }, Output = { "zero_column" } },
            new() { OpType = "Concat", Input = { answer, "zero_column" }, Output = { "three" }, Attribute = { One("axis") } },
            new() { OpType = "Gather", Input = { "three", "two" }, Output = { "checked" }, Attribute = { One("axis") } },
        ];
        for (int k = 0; k < nodes.Length; k++)
        {
            graph.Node.Insert(place + k, nodes[k]);
        }

        graph.Initializer.Add(new TensorProto { Name = "nothing", DataType = 1, RawData = ByteString.CopyFrom(new byte[4]) });
        ByteString axis = ByteString.CopyFrom([1, 0, 0, 0, 0, 0, 0, 0]);
        ByteString two = ByteString.CopyFrom([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
        graph.Initializer.Add(new TensorProto { Name = "axis", DataType = 7, Dims = { 1 }, RawData = axis });
        graph.Initializer.Add(new TensorProto { Name = "two", DataType = 7, Dims = { 2 }, RawData = two });
        return model.ToByteArray();

        static AttributeProto One(string name) => new() { Name = name, I = 1, Type = AttributeProto.Types.AttributeType.Int };
    }

    /// <summary>The Gaussian network on points x that an inserted operator makes from its input.</summary>
    private static byte[] With(Action<GraphProto> insert)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(GaussianNetwork.Bytes(AlphaBars, PredictionType.Epsilon));
        foreach (NodeProto node in model.Graph.Node.Where(node => node.Input.Contains("sample")))
        {
            node.Input[node.Input.IndexOf("sample")] = "x";
        }

        insert(model.Graph);
        return model.ToByteArray();
    }

    private static void Node(GraphProto graph, string operation, string output, string second, TensorProto constant)
    {
        graph.Node.Insert(0, new NodeProto { OpType = operation, Input = { "sample", second }, Output = { output } });
        graph.Initializer.Add(constant);
    }
}
