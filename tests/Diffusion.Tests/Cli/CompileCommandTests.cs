using Diffusion.Data.Tables;
using Diffusion.Onnx.Protobuf;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Compiles, runs and verifies samplers as a user does, in a process of its own.</summary>
[TestClass]
public sealed class CompileCommandTests
{
    private static readonly string Moons = ShippedModels.PathOf("moons");

    [TestMethod]
    public void ACompiledFile_IsSampledDrawnInspectedAndVerified_LikeItsNetwork()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = RunIn(
            folder.Root, "compile", Moons, "--solver", "ddpm", "--steps", "6", "--trajectory", "-o", "c.onnx");
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual("c.onnx", output.Trim());
        StringAssert.Contains(messages, "ddpm, 6 steps, 6 network evaluations");
        StringAssert.Contains(messages, "inputs: noise and step_noise [n, 6, 2]");

        Assert.AreEqual(0, RunIn(folder.Root, "sample", "c.onnx", "-n", "70000", "--seed", "4", "-o", "c.npy").Code);
        Assert.AreEqual(
            0, RunIn(folder.Root, "sample", Moons, "--solver", "ddpm", "--steps", "6", "-n", "70000", "--seed", "4", "-o", "m.npy").Code);
        float[] expected = PointFile.Read(folder["m.npy"]).Values.ToArray();
        float[] found = PointFile.Read(folder["c.npy"]).Values.ToArray();
        CollectionAssert.AreEqual(expected, found);

        Assert.AreEqual(0, RunIn(folder.Root, "gif", "c.onnx", "-n", "100", "-o", "c.gif").Code);
        StringAssert.Contains(RunIn(folder.Root, "inspect", "c.onnx").Output, "ddpm, 6 steps");
        (code, output, messages) = RunIn(folder.Root, "verify", "c.onnx", Moons);
        Assert.AreEqual(0, code, messages);
        Assert.AreEqual("equal to the last bit: 1000 points, ddpm, 6 steps", output.Trim());
        CommandRun.AssertRefused(
            "'c.onnx' does not give the same points as", RunIn(folder.Root, "verify", "c.onnx", ShippedModels.PathOf("circles")));
        CommandRun.AssertRefused(
            "is a compiled sampler (ddpm, 6 steps); --steps cannot change it.", RunIn(folder.Root, "sample", "c.onnx", "--steps", "5"));
    }

    [TestMethod]
    public void ANetworkOfOthers_IsCompiledWithTheScheduleBesideIt_AndVerified()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["unet.onnx"], ForeignNetwork.Bytes("n", isWhole: true));
        string[] names = ["--sample-input", "x", "--timestep-input", "t"];
        CommandRun.AssertRefused(
            "Specify a scheduler configuration with --scheduler.", RunIn(folder.Root, ["compile", "unet.onnx", .. names, "-o", "c.onnx"]));
        folder.Write(
            "scheduler_config.json",
            """{ "num_train_timesteps": 100, "beta_schedule": "squaredcos_cap_v2", "prediction_type": "v_prediction" }""");
        CommandRun.AssertRefused("accepts only whole timesteps", RunIn(folder.Root, ["compile", "unet.onnx", .. names, "-o", "c.onnx"]));
        (int code, _, string messages) = RunIn(
            folder.Root, ["compile", "unet.onnx", .. names, "--solver", "ddim", "--spacing", "leading", "--steps", "10", "-o", "c.onnx"]);
        Assert.AreEqual(0, code, messages);
        (code, string output, messages) = RunIn(folder.Root, ["verify", "c.onnx", "unet.onnx", .. names]);
        Assert.AreEqual(0, code, messages);
        StringAssert.StartsWith(output, "equal");
    }

    [TestMethod]
    [DataRow("ddim", 2)]
    [DataRow("ddpm", 3)]
    public void AModelRepository_DescribesTheFileInIt(string solver, int tensors)
    {
        using TemporaryFolder folder = new();
        (int code, string output, string messages) = RunIn(
            folder.Root, "compile", Moons, "--solver", solver, "--steps", "8",
            "--layout", "triton", "-o", "repository", "--name", "moons-8");
        Assert.AreEqual(0, code, messages);
        CollectionAssert.AreEqual(
            new[] { "repository/moons-8/1/model.onnx", "repository/moons-8/config.pbtxt" },
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string[] config = File.ReadAllLines(folder["repository/moons-8/config.pbtxt"]);
        CollectionAssert.Contains(config, "name: \"moons-8\"");
        GraphProto graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["repository/moons-8/1/model.onnx"])).Graph;
        string[] described =
            [.. graph.Input.Select(value => Describe("input", value)), .. graph.Output.Select(value => Describe("output", value))];
        CollectionAssert.AreEqual(described, config.Where(line => line.Contains("dims", StringComparison.Ordinal)).ToArray());
        Assert.HasCount(tensors, described);
        using CompiledSampler sampler = CompiledSampler.Load(folder["repository/moons-8/1/model.onnx"]);
        Assert.AreEqual(8, sampler.Plan.Tableau.Steps);

        // The server adds the first axis itself.
        static string Describe(string kind, ValueInfoProto value)
        {
            string lengths = string.Join(", ", value.Type.TensorType.Shape.Dim.Skip(1).Select(axis => axis.DimValue));
            return $"{kind} [ {{ name: \"{value.Name}\" data_type: TYPE_FP32 dims: [ {lengths} ] }} ]";
        }
    }

    [TestMethod]
    [DataRow(
        "The number of steps must be between 1 and 1000, the number of training timesteps; was 0.",
        "compile", "MODEL", "--steps", "0", "-o", "c.onnx")]
    [DataRow("is not an ONNX model, or it is damaged: field 14 has the unknown encoding 4.", "compile", "TEXT", "-o", "c.onnx")]
    [DataRow("The file 'nowhere.onnx' does not exist.", "compile", "nowhere.onnx", "-o", "c.onnx")]
    [DataRow(
        "it has no input 'x'; found sample, timestep. Specify the input if it has another name.",
        "compile", "MODEL", "--sample-input", "x", "-o", "c.onnx")]
    [DataRow("The file 'config.json' does not exist.", "compile", "MODEL", "--scheduler", "config.json", "-o", "c.onnx")]
    [DataRow(
        "Dynamic thresholding cannot be compiled. Use --clip without --threshold.",
        "compile", "MODEL", "--clip", "1", "--threshold", "0.9", "-o", "c.onnx")]
    [DataRow("The bound of clean data must be greater than 0; was -1.", "compile", "MODEL", "--clip", "-1", "-o", "c.onnx")]
    [DataRow("A compiled sampler must be an .onnx file; 'c.bin' has another extension.", "compile", "MODEL", "-o", "c.bin")]
    [DataRow("--name applies to --layout triton", "compile", "MODEL", "-o", "c.onnx", "--name", "moons")]
    [DataRow("Leave --trajectory out.", "compile", "MODEL", "-o", "repository", "--layout", "triton", "--trajectory")]
    [DataRow("was '../x'. Choose another name.", "compile", "MODEL", "-o", "repository", "--layout", "triton", "--name", "../x")]
    [DataRow("Option '--output' is required.", "compile", "MODEL")]
    [DataRow("is a network, not a compiled sampler", "verify", "MODEL", "MODEL")]
    [DataRow("The number of samples must be between 1 and", "verify", "COMPILED", "MODEL", "-n", "0")]
    [DataRow("is already a compiled sampler; a network is required", "compile", "COMPILED", "-o", "c.onnx")]
    [DataRow("is a compiled sampler; a network is required", "evaluate", "COMPILED")]
    [DataRow("has no output 'trajectory', which contains the steps. Compile it again with the trajectory.", "gif", "COMPILED")]
    [DataRow("was not compiled from", "verify", "COMPILED", "LINE")]
    public void BadInput_IsAnsweredByOneLine_ExitCodeTwo_AndNoFile(string message, params string[] arguments)
    {
        using TemporaryFolder inputs = new();
        using TemporaryFolder folder = new();
        Dictionary<string, string> files = new()
        {
            ["MODEL"] = Moons,
            ["TEXT"] = inputs.Write("text.onnx", "this is no model"),
            ["COMPILED"] = inputs["compiled.onnx"],
            ["LINE"] = inputs["unet.onnx"],
        };
        Assert.AreEqual(0, RunIn(inputs.Root, "compile", Moons, "-o", "compiled.onnx").Code);
        string[] actual = Array.ConvertAll(arguments, argument => files.GetValueOrDefault(argument, argument));
        if (arguments.Contains("LINE"))
        {
            File.WriteAllBytes(inputs["unet.onnx"], ForeignNetwork.Bytes("n", isWhole: true));
            inputs.Write("scheduler_config.json", """{"beta_schedule":"linear"}""");
            actual = [.. actual, "--sample-input", "x", "--timestep-input", "t"];
        }

        CommandRun.AssertRefused(message, RunIn(folder.Root, actual));
        Assert.IsEmpty(folder.Files);
    }

    private static (int Code, string Output, string Messages) RunIn(string folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder, arguments);
}
