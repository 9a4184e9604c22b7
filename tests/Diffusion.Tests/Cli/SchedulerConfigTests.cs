using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Scheduler configurations of diffusers, through the command: what they say is obeyed.</summary>
[TestClass]
public sealed class SchedulerConfigTests
{
    private const int Count = 20_000;

    /// <summary>Five standard errors of the mean of so many samples with deviation ½, and a little for the length of the steps.</summary>
    private const double Tolerance = 0.0225;

    /// <summary>
    /// A configuration, the network's prediction, the kind of schedule as computed here, whether
    /// it ends at ᾱ₀, the first index, and the solver.
    /// </summary>
    public static IEnumerable<object[]> Obeyed =>
    [
        ["""{"_class_name":"DDIMScheduler","clip_sample":false}""", PredictionType.Epsilon, "linear", false, 998, "ddim --steps 500"],
        [
            """{"_class_name":"DDIMScheduler","clip_sample":false,"prediction_type":"v_prediction"}""",
            PredictionType.VPrediction, "linear", false, 998, "ddim --steps 500",
        ],
        [
            """{"_class_name":"DDIMScheduler","clip_sample":false,"prediction_type":"sample"}""",
            PredictionType.Sample, "linear", false, 998, "ddim --steps 500",
        ],
        [
            """{"_class_name":"DDIMScheduler","clip_sample":false,"beta_schedule":"squaredcos_cap_v2"}""",
            PredictionType.Epsilon, "cosine", false, 998, "ddim --steps 500",
        ],
        [
            """{"_class_name":"DDPMScheduler","clip_sample":false,"beta_schedule":"sigmoid","beta_start":0.0001,"beta_end":0.03}""",
            PredictionType.Epsilon, "sigmoid", false, 998, "ddim --steps 500",
        ],

        // As published with latent diffusion models: the last step ends at ᾱ₀, and the noise that the network knows at the start still
        // holds some signal.
        [
            """{"_class_name":"PNDMScheduler","_diffusers_version":"0.6.0","beta_end":0.012,"beta_schedule":"scaled_linear","beta_start":"""
                + """0.00085,"num_train_timesteps":1000,"set_alpha_to_one":false,"skip_prk_steps":true,"steps_offset":1,"trained_betas":"""
                + """null,"clip_sample":false}""",
            PredictionType.Epsilon, "scaled_linear", true, 999, "ddim --steps 500",
        ],
        [
            """{"_class_name":"DPMSolverMultistepScheduler","algorithm_type":"dpmsolver++","beta_schedule":"scaled_linear","beta_start":"""
                + """0.00085,"beta_end":0.012,"final_sigmas_type":"sigma_min","lambda_min_clipped":-Infinity,"lower_order_final":"""
                + """true,"solver_order":2,"use_karras_sigmas":false,"variance_type":null,"thresholding":false}""",
            PredictionType.Epsilon, "scaled_linear", true, 999, "dpm++2m --steps 50",
        ],
        [
            """{"_class_name":"DDIMScheduler","clip_sample":false,"prediction_type":"v_prediction","rescale_betas_zero_snr":"""
                + """true,"timestep_spacing":"trailing"}""",
            PredictionType.VPrediction, "zero_snr", false, 999, "ddim --steps 500",
        ],
        [
            """{"_class_name":"DDIMScheduler","clip_sample":false,"prediction_type":"sample","rescale_betas_zero_snr":"""
                + """true,"timestep_spacing":"trailing"}""",
            PredictionType.Sample, "zero_snr", false, 999, "dpm++2m --steps 50",
        ],
        [
            """{"_class_name":"DDPMScheduler","clip_sample":false,"predict_epsilon":false,"variance_type":"fixed_small"}""",
            PredictionType.Sample, "linear", false, 999, "ddpm",
        ],
        [
            """{"beta_schedule":"linear","trained_betas":null}""",
            PredictionType.Epsilon, "linear", false, 999, "ddim --spacing trailing --steps 500",
        ],
    ];

    [TestMethod]
    [DynamicData(nameof(Obeyed))]
    public void WhatIsObeyed_GivesTheSamplesOfTheClosedForm(
        string config, PredictionType prediction, string kind, bool endsAtFirst, int first, string solver)
    {
        using TemporaryFolder folder = new();
        double[] alphaBars = PaperSchedules.AlphaBars(kind);
        PointSet samples = CompileAndSample(folder, config, alphaBars, prediction, solver);
        (double[] mean, double deviation) = GaussianNetwork.Flow(alphaBars[first], endsAtFirst ? alphaBars[0] : 1);
        for (int j = 0; j < 2; j++)
        {
            (double foundMean, double foundDeviation) = Moments(samples, j);
            Assert.AreEqual(mean[j], foundMean, Tolerance, $"{config}: mean {j}");
            Assert.AreEqual(deviation, foundDeviation, Tolerance, $"{config}: deviation {j}");
        }
    }

    /// <summary>DDPM and DDIM of diffusers clip to ±1 unless they are told not to; the mean of 3 cannot be reached then.</summary>
    [TestMethod]
    [DataRow("""{"_class_name":"DDIMScheduler"}""", 1.0)]
    [DataRow("""{"_class_name":"DDPMScheduler","clip_sample_range":2.0}""", 2.0)]
    [DataRow("""{"_class_name":"DDPMScheduler","clip_sample":false,"thresholding":true}""", 1.0)]
    public void ClippingThatIsNotMentioned_IsThatOfTheClass(string config, double bound)
    {
        using TemporaryFolder folder = new();
        PointSet samples = CompileAndSample(folder, config, PaperSchedules.AlphaBars("linear"), PredictionType.Epsilon, "ddim --steps 50");
        Assert.AreEqual(bound, samples.Values.ToArray().Max(), 1e-5);
        Assert.AreEqual(bound, Moments(samples, 0).Mean, 0.1);
    }

    /// <summary>A schedule given beside a model with a card replaces the schedule and nothing else.</summary>
    [TestMethod]
    public void AScheduleBesideACard_KeepsTheUnitsOfTheData()
    {
        using TemporaryFolder folder = new();
        DataInfo data = new() { Name = "table", Dimension = 2, Columns = ["a", "b"], Shift = [100, -7], Scale = [10, 0.1] };
        byte[] network = GaussianNetwork.Bytes(PaperSchedules.AlphaBars("linear"), PredictionType.Epsilon);
        File.WriteAllBytes(folder["model.onnx"], CardedNetwork.Bytes(network, data));
        folder.Write("other.json", """{"_class_name":"DDIMScheduler","clip_sample":false,"timestep_spacing":"trailing"}""");
        AssertDone(folder, "compile", "model.onnx", "--scheduler", "other.json", "--solver", "ddim", "--steps", "50", "-o", "c.onnx");
        AssertDone(folder, "sample", "c.onnx", "-n", $"{Count}", "-o", "c.csv");
        StringAssert.StartsWith(File.ReadAllText(folder["c.csv"]), "a,b\n");
        PointSet samples = PointFile.Read(folder["c.csv"]);
        Assert.AreEqual(100 + (10 * GaussianNetwork.Mean[0]), Moments(samples, 0).Mean, 10 * Tolerance);
        Assert.AreEqual(-7 + (0.1 * GaussianNetwork.Mean[1]), Moments(samples, 1).Mean, 0.1 * Tolerance);
    }

    [TestMethod]
    public void AScheduleBesideACard_KeepsHowTheModelWasTrained()
    {
        using TemporaryFolder folder = new();
        folder.Write("other.json", """{"_class_name":"DDIMScheduler","clip_sample":false,"timestep_spacing":"trailing"}""");
        string moons = ShippedModels.PathOf("moons");
        AssertDone(folder, "compile", moons, "--scheduler", "other.json", "--solver", "ddim", "--steps", "2", "-o", "c.onnx");
        using DiffusionSampler network = ShippedModels.Load("moons");
        using CompiledSampler compiled = CompiledSampler.Load(folder["c.onnx"]);
        Assert.AreEqual(network.Card.Training!.Command, compiled.Card.Training?.Command);
        Assert.AreEqual(network.Card.ToMetadata()["diffusion.training"], compiled.Card.ToMetadata()["diffusion.training"]);
    }

    /// <summary>A first time at which the data are visible is worth a warning, whichever command starts there.</summary>
    [TestMethod]
    public void AStartInTheMiddleOfTheNoise_IsWarnedOf()
    {
        using TemporaryFolder folder = new();
        string moons = ShippedModels.PathOf("moons");
        string[] halfWay = ["--solver", "ddim", "--spacing", "leading", "--steps", "501"];
        const string warning = "warning: sampling starts at t = 501, where the noise still contains data (ᾱ = 0.0772); "
            + "the samples will be biased. Start at t = 1000, for example with --spacing trailing.";
        StringAssert.Contains(
            CommandRun.Of("diffusion", folder.Root, ["sample", moons, .. halfWay, "-n", "10", "-o", "x.npy"]).Messages, warning);
        StringAssert.Contains(CommandRun.Of("diffusion", folder.Root, ["compile", moons, .. halfWay, "-o", "x.onnx"]).Messages, warning);
        string silent = CommandRun.Of(
            "diffusion", folder.Root, "sample", moons,
            "--solver", "ddim", "--spacing", "leading", "--steps", "50", "-n", "10", "-o", "x.npy").Messages;
        Assert.DoesNotContain("warning", silent);
    }

    private static PointSet CompileAndSample(
        TemporaryFolder folder, string config, double[] alphaBars, PredictionType prediction, string solver)
    {
        File.WriteAllBytes(folder["net.onnx"], GaussianNetwork.Bytes(alphaBars, prediction));
        folder.Write("scheduler_config.json", config);
        AssertDone(folder, ["compile", "net.onnx", "-o", "c.onnx", "--solver", .. solver.Split(' ')]);
        AssertDone(folder, "verify", "c.onnx", "net.onnx");
        AssertDone(folder, "sample", "c.onnx", "-n", $"{Count}", "-o", "c.npy");
        return PointFile.Read(folder["c.npy"]);
    }

    private static void AssertDone(TemporaryFolder folder, params string[] arguments)
    {
        (int code, _, string messages) = CommandRun.Of("diffusion", folder.Root, arguments);
        Assert.AreEqual(0, code, messages);
    }

    private static (double Mean, double Deviation) Moments(PointSet points, int coordinate)
    {
        double[] values = [.. Enumerable.Range(0, points.Count).Select(i => (double)points[i][coordinate])];
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}
