using System.Text.RegularExpressions;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Protobuf;
using Diffusion.Tests.Support;
using Diffusion.Time;
using Google.Protobuf;

namespace Diffusion.Tests.Cli;

/// <summary>Shows diffusion verify files that are wrong in one thing each.</summary>
[TestClass]
public sealed partial class VerifyCommandTests
{
    /// <summary>A table of two columns of very different units: a large number must not hide a small one.</summary>
    private static readonly DataInfo Table = new()
    {
        Name = "table", Dimension = 2, Columns = ["income", "height"], Shift = [40_000, 1.7], Scale = [10_000, 0.1],
    };

    [TestMethod]
    public void TheRightFile_IsEqual()
    {
        using TemporaryFolder folder = Compiled();
        StringAssert.StartsWith(Verify(folder).Output, "equal: 1000 points, ddim, 10 steps; the largest difference is");
    }

    /// <summary>With few steps and clipping, large terms cancel and leave more rounding; a right file is equal all the same.</summary>
    [TestMethod]
    [DataRow("ddim", "2.5")]
    [DataRow("ddim", "0.5")]
    [DataRow("dpm++3m", "0.5")]
    public void TheRightFile_OfFewClippedSteps_IsEqual(string solver, string clip)
    {
        using TemporaryFolder folder = new();
        string moons = ShippedModels.PathOf("moons");
        Assert.AreEqual(0, Run(folder, "compile", moons, "--solver", solver, "--steps", "5", "--clip", clip, "-o", "c.onnx").Code);
        StringAssert.StartsWith(Run(folder, "verify", "c.onnx", moons).Output, "equal");
    }

    [TestMethod]
    [DataRow("ddim", 4)]
    [DataRow("dpm++2m", 20)]
    public void TheRightFile_OfZeroTerminalSignal_IsEqual(string solver, int steps)
    {
        using TemporaryFolder folder = new();
        const string config =
            """{"_class_name":"DDIMScheduler","beta_schedule":"scaled_linear","beta_start":0.00085,"beta_end":0.012,"clip_sample":"""
                + """false,"prediction_type":"v_prediction","rescale_betas_zero_snr":true,"timestep_spacing":"trailing"}""";
        NoiseSchedule schedule = ModelCard.FromSchedulerConfig(
            System.Text.Encoding.UTF8.GetBytes(config), new DataInfo { Name = "net", Dimension = 2 }, "config").Schedule;
        File.WriteAllBytes(folder["net.onnx"], GaussianNetwork.Bytes(schedule.AlphaBars.ToArray(), PredictionType.VPrediction));
        folder.Write("scheduler_config.json", config);
        Assert.AreEqual(0, Run(folder, "compile", "net.onnx", "--solver", solver, "--steps", $"{steps}", "-o", "c.onnx").Code);
        StringAssert.StartsWith(Run(folder, "verify", "c.onnx", "net.onnx").Output, "equal");
    }

    [TestMethod]
    public void AnotherClippingInTheCard_IsFound()
    {
        using TemporaryFolder folder = Compiled();
        Change(folder, model => model.ReplaceMetadata("diffusion.scheduler", "\"clip_sample\":false", "\"clip_sample\":true"));
        CommandRun.AssertRefused("its clipping differs", Verify(folder));
    }

    [TestMethod]
    public void AnotherSchedule_IsFound()
    {
        using TemporaryFolder folder = Compiled();
        folder.Write("other.json", """{"beta_schedule":"linear","beta_end":0.03}""");
        Assert.AreEqual(
            0, Run(folder, "compile", "model.onnx", "--scheduler", "other.json", "--solver", "ddim", "--steps", "10", "-o", "c.onnx").Code);
        CommandRun.AssertRefused(
            "its noise schedule differs; its coefficients differ from ddim for the network's noise schedule.", Verify(folder));
    }

    /// <summary>The card says what the network's says; only the rows give the other schedule away.</summary>
    [TestMethod]
    public void CoefficientsOfAnotherSchedule_UnderTheRightCard_AreFound()
    {
        using TemporaryFolder folder = Compiled();
        string card = Metadata(folder, "diffusion.scheduler");
        folder.Write("other.json", """{"beta_schedule":"linear","beta_end":0.03}""");
        Assert.AreEqual(
            0, Run(folder, "compile", "model.onnx", "--scheduler", "other.json", "--solver", "ddim", "--steps", "10", "-o", "c.onnx").Code);
        Change(folder, model => model.MetadataProps.Single(entry => entry.Key == "diffusion.scheduler").Value = card);
        CommandRun.AssertRefused("ᾱ at timestep 999 must be 3.9956", Verify(folder));

        // A file of version 1 has no ᾱ in its rows.
        Change(folder, model =>
        {
            StringStringEntryProto entry = model.MetadataProps.Single(entry => entry.Key == "diffusion.solver");
            entry.Value = AlphaBars().Replace(entry.Value, "");
        });
        CommandRun.AssertRefused("its coefficients differ from ddim for the network's noise schedule.", Verify(folder));
    }

    [TestMethod]
    public void AnotherSolver_IsFound()
    {
        using TemporaryFolder folder = Compiled();
        Change(folder, model => model.ReplaceMetadata("diffusion.solver", "\"name\":\"ddim\"", "\"name\":\"dpm++3m\""));
        CommandRun.AssertRefused("its coefficients differ from dpm++3m for the network's noise schedule.", Verify(folder));
        Change(folder, model => model.ReplaceMetadata("diffusion.solver", "dpm++3m", "unheard-of"));
        CommandRun.AssertRefused(
            "its solver cannot be built for the network's noise schedule (There is no solver 'unheard-of'", Verify(folder));
    }

    /// <summary>The rows that the file records are right, those that it computes with are not.</summary>
    [TestMethod]
    public void OtherCoefficientsInTheGraph_AreFound()
    {
        using TemporaryFolder folder = Compiled();
        Change(folder, model => model.EditWeight("sampler/c0", numbers => numbers[0] *= 1.001f));
        CommandRun.AssertRefused(
            "'c.onnx' does not give the same points as 'model.onnx': 1000 points, ddim, 10 steps; the largest difference is",
            Verify(folder));
    }

    /// <summary>A third of a deviation of the column of small numbers is nothing beside the numbers of the other column.</summary>
    [TestMethod]
    [DataRow("sampler/shift", 0.1f / 3)]
    [DataRow("sampler/scale", 0.001f)]
    public void AnotherShiftOrScaleOfOneColumn_IsFound(string name, float difference)
    {
        using TemporaryFolder folder = Compiled();
        Change(folder, model => model.EditWeight(name, numbers => numbers[1] += difference));
        CommandRun.AssertRefused("in column height; up to", Verify(folder));
    }

    [TestMethod]
    public void AnotherShiftOrScaleInTheCard_IsFound()
    {
        using TemporaryFolder folder = Compiled();
        Change(folder, model => model.ReplaceMetadata("diffusion.data", "\"shift\":[40000,1.7]", "\"shift\":[40000,1.8]"));
        CommandRun.AssertRefused("was not compiled from 'model.onnx': its shift differs.", Verify(folder));
        Change(folder, model => model.ReplaceMetadata("diffusion.data", "\"scale\":[10000,0.1]", "\"scale\":[10000,0.2]"));
        CommandRun.AssertRefused("its shift differs; its scale differs.", Verify(folder));
    }

    [TestMethod]
    public void AnotherOrderOfColumns_IsFound()
    {
        using TemporaryFolder folder = Compiled();
        Change(
            folder,
            model => model.ReplaceMetadata("diffusion.data", "\"columns\":[\"income\",\"height\"]", "\"columns\":[\"height\",\"income\"]"));
        CommandRun.AssertRefused("it has the columns height, income, but the network has income, height.", Verify(folder));
    }

    [TestMethod]
    public void AnotherConstant_IsFound()
    {
        using TemporaryFolder folder = Compiled(
            Table with { Constants = [new ConstantColumn { Position = 1, Name = "year", Value = 2024 }] });
        StringAssert.StartsWith(Verify(folder).Output, "equal");
        Change(folder, model => model.ReplaceMetadata("diffusion.data", "2024", "2025"));
        Change(folder, model => model.EditWeight("sampler/shift", numbers => numbers[1] = 2025));
        CommandRun.AssertRefused("its constant columns differ.", Verify(folder));
    }

    /// <summary>Numbers whose squares overflow float32 are compared like any others.</summary>
    [TestMethod]
    public void HugeUnits_HideNothing()
    {
        using TemporaryFolder folder = Compiled(new DataInfo { Name = "table", Dimension = 2, Scale = [1e20, 1e20], Shift = [0, 0] });
        StringAssert.StartsWith(Verify(folder).Output, "equal");
        Change(folder, model => model.EditWeight("sampler/scale", numbers => numbers[0] *= 1.01f));
        CommandRun.AssertRefused("in coordinate 1; up to", Verify(folder));
    }

    [TestMethod]
    public void WrongSteps_InTheTrajectoryAlone_AreFound()
    {
        using TemporaryFolder folder = Compiled(extra: "--trajectory");
        StringAssert.StartsWith(Verify(folder).Output, "equal");
        Change(folder, model => model.Graph.Node.Single(node => node.Output.Contains("trajectory")).Input[0] = Doubled(model));
        CommandRun.AssertRefused("does not give the same points as", Verify(folder));
    }

    /// <summary>What float32 cannot carry cannot be compared either, and compile says so before.</summary>
    [TestMethod]
    public void AColumnThatFloat32CannotCarry_IsNotCalledEqual()
    {
        using TemporaryFolder folder = new();
        DataInfo times = Table with { Columns = ["time", "height"], Shift = [1.7e12, 1.7], Scale = [1_000, 0.1] };
        File.WriteAllBytes(folder["model.onnx"], Network(times));
        StringAssert.Contains(
            Run(folder, "compile", "model.onnx", "--solver", "ddim", "--steps", "10", "-o", "c.onnx").Messages,
            "warning: a compiled file returns float32, which cannot resolve the values of time.");
        CommandRun.AssertRefused(
            "The points of 'model.onnx' cannot be compared: a compiled file returns float32, which cannot resolve the values of time.",
            Verify(folder));
    }

    private static string Doubled(ModelProto model)
    {
        NodeProto output = model.Graph.Node.Single(node => node.Output.Contains("trajectory"));
        int place = model.Graph.Node.IndexOf(output);
        model.Graph.Node.Insert(
            place, new NodeProto { OpType = "Add", Input = { output.Input[0], output.Input[0] }, Output = { "doubled" } });
        return "doubled";
    }

    private static byte[] Network(DataInfo data)
        => CardedNetwork.Bytes(File.ReadAllBytes(ShippedModels.PathOf("moons")), data);

    private static TemporaryFolder Compiled(DataInfo? data = null, params string[] extra)
    {
        TemporaryFolder folder = new();
        File.WriteAllBytes(folder["model.onnx"], Network(data ?? Table));
        (int code, _, string messages) = Run(
            folder, ["compile", "model.onnx", "--solver", "ddim", "--steps", "10", "-o", "c.onnx", .. extra]);
        Assert.AreEqual(0, code, messages);
        return folder;
    }

    private static (int Code, string Output, string Messages) Verify(TemporaryFolder folder)
        => Run(folder, "verify", "c.onnx", "model.onnx");

    private static (int Code, string Output, string Messages) Run(TemporaryFolder folder, params string[] arguments)
        => CommandRun.Of("diffusion", folder.Root, arguments);

    [GeneratedRegex("\"(next_)?alpha_bar\":[^,}]+,")]
    private static partial Regex AlphaBars();

    private static string Metadata(TemporaryFolder folder, string key)
        => ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["c.onnx"])).MetadataProps.Single(entry => entry.Key == key).Value;

    private static void Change(TemporaryFolder folder, Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder["c.onnx"]));
        change(model);
        File.WriteAllBytes(folder["c.onnx"], model.ToByteArray());
    }
}
