using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Sampling;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Scheduler configurations of diffusers, through the command: obeyed, or refused by name.</summary>
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

    /// <summary>Configurations that were compiled into wrong samples before, and what must be named.</summary>
    [TestMethod]
    [DataRow(
        """{"_class_name":"FlowMatchEulerDiscreteScheduler","num_train_timesteps":1000,"shift":3.0}""",
        "_class_name 'FlowMatchEulerDiscreteScheduler' is not a supported scheduler; expected one of DDPMScheduler, ")]
    [DataRow("""{"_class_name":"EDMEulerScheduler","sigma_data":0.5}""", "EDMEulerScheduler")]
    [DataRow("""{"_class_name":"ScoreSdeVeScheduler","sigma_max":1348}""", "ScoreSdeVeScheduler")]
    [DataRow("""{"_class_name":"LCMScheduler","beta_schedule":"scaled_linear"}""", "LCMScheduler")]
    [DataRow("""{"_class_name":"UnCLIPScheduler"}""", "UnCLIPScheduler")]
    [DataRow("""{"_class_name":"UNet2DModel","sample_size":32,"in_channels":3}""", "UNet2DModel")]
    [DataRow(
        """{"hidden_size":32,"num_layers":3}""",
        "the noise schedule is missing; expected a scheduler_config.json with _class_name, beta_schedule or trained_betas; "
            + "the key 'hidden_size' is unknown and might change the samples; the key 'num_layers'")]
    [DataRow("{}", "the noise schedule is missing")]
    [DataRow(
        """{"_class_name":"DDIMScheduler","rescale_betas_zero_snr":true}""",
        "rescale_betas_zero_snr leaves no signal at the last timestep")]
    [DataRow(
        """{"_class_name":"DDPMScheduler","variance_type":"learned_range"}""",
        "variance_type 'learned_range' is not supported; expected fixed_small, fixed_small_log or fixed_large.")]
    [DataRow(
        """{"_class_name":"DDPMScheduler","beta_schedule":"laplace","prediction_type":"flow"}""",
        "beta_schedule 'laplace' is not supported; expected linear, scaled_linear, squaredcos_cap_v2 or sigmoid; "
            + "prediction_type 'flow' is not supported")]
    [DataRow(
        """{"_class_name":"DDPMScheduler","thresholding":true,"sample_max_value":1.5}""",
        "uses dynamic thresholding, which cannot be compiled.")]
    [DataRow(
        """{"_class_name":"DDPMScheduler","prediction_type":"epsilon","predict_epsilon":false}""",
        "predict_epsilon false means prediction_type 'sample', but prediction_type is 'epsilon'.")]
    [DataRow(
        """{"_class_name":"DDPMScheduler","prediction_type":"v_prediction","predict_epsilon":true}""",
        "predict_epsilon true means prediction_type 'epsilon', but prediction_type is 'v_prediction'.")]
    [DataRow(
        """{"num_train_timesteps":1000,"beta_start":0.0001}""",
        "the noise schedule is missing; expected a scheduler_config.json with _class_name, beta_schedule or trained_betas.")]
    [DataRow(
        """{"_class_name":"EulerDiscreteScheduler","interpolation_type":"log_linear"}""",
        "interpolation_type \"log_linear\" is not supported; expected linear.")]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler","use_karras_sigmas":true,"use_lu_lambdas":true}""",
        "only one of use_karras_sigmas, use_exponential_sigmas and use_lu_lambdas can be true.")]
    [DataRow(
        """{"_class_name":"EulerDiscreteScheduler","use_beta_sigmas":true}""", "use_beta_sigmas true is not supported; expected false.")]
    [DataRow(
        """{"_class_name":"EulerDiscreteScheduler","timestep_type":"continuous"}""",
        "timestep_type \"continuous\" is not supported; expected discrete.")]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler","lambda_min_clipped":-5.1}""",
        "lambda_min_clipped -5.1 is not supported; expected -Infinity.")]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler","use_flow_sigmas":true,"sigma_max":80}""",
        "use_flow_sigmas true is not supported; expected false; sigma_max 80 is not supported; expected null.")]
    [DataRow(
        """{"_class_name":"DDIMScheduler","steps_offset":-1,"clip_sample_range":0}""",
        "clip_sample_range must be greater than 0; was 0; steps_offset must be at least 0; was -1.")]
    [DataRow(
        """{"_class_name":"UniPCMultistepScheduler","timestep_spacing":"middle","final_sigmas_type":"one"}""",
        "timestep_spacing 'middle' is not supported; expected linspace, leading or trailing; final_sigmas_type 'one' is not supported; "
            + "expected zero or sigma_min.")]
    public void WhatCannotBeObeyed_IsRefusedByName(string config, string message)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["net.onnx"], GaussianNetwork.Bytes(AlphaBars("linear"), PredictionType.Epsilon));
        folder.Write("scheduler_config.json", config);
        CommandRun.AssertRefused(
            message,
            CommandRun.Of("diffusion", folder.Root, "compile", "net.onnx", "--solver", "ddim", "--spacing", "trailing", "-o", "c.onnx"));
        Assert.IsFalse(File.Exists(folder["c.onnx"]));
    }

    [TestMethod]
    [DynamicData(nameof(Obeyed))]
    public void WhatIsObeyed_GivesTheSamplesOfTheClosedForm(
        string config, PredictionType prediction, string kind, bool endsAtFirst, int first, string solver)
    {
        using TemporaryFolder folder = new();
        double[] alphaBars = AlphaBars(kind);
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
        PointSet samples = CompileAndSample(folder, config, AlphaBars("linear"), PredictionType.Epsilon, "ddim --steps 50");
        Assert.AreEqual(bound, samples.Values.ToArray().Max(), 1e-5);
        Assert.AreEqual(bound, Moments(samples, 0).Mean, 0.1);
    }

    /// <summary>A schedule given beside a model with a card replaces the schedule and nothing else.</summary>
    [TestMethod]
    public void AScheduleBesideACard_KeepsTheUnitsOfTheData()
    {
        using TemporaryFolder folder = new();
        DataInfo data = new() { Name = "table", Dimension = 2, Columns = ["a", "b"], Shift = [100, -7], Scale = [10, 0.1] };
        File.WriteAllBytes(
            folder["model.onnx"], CardedNetwork.Bytes(GaussianNetwork.Bytes(AlphaBars("linear"), PredictionType.Epsilon), data));
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

    /// <summary>ᾱ for T = 1000, written down from the papers and not from the code.</summary>
    private static double[] AlphaBars(string kind)
    {
        const int last = 999;
        double[] betas = [.. Enumerable.Range(0, last + 1).Select(i => kind switch
        {
            "scaled_linear" => Math.Pow(Math.Sqrt(0.00085) + ((Math.Sqrt(0.012) - Math.Sqrt(0.00085)) * i / last), 2),
            "sigmoid" => 0.0001 + ((0.03 - 0.0001) / (1 + Math.Exp(6 - (12.0 * i / last)))),
            "cosine" => Math.Min(0.999, 1 - (Cosine((i + 1.0) / (last + 1)) / Cosine((double)i / (last + 1)))),
            _ => 0.0001 + ((0.02 - 0.0001) * i / last),
        })];
        double product = 1;
        double[] alphaBars = [.. betas.Select(beta => product *= 1 - beta)];
        if (kind == "zero_snr")
        {
            (double start, double end) = (Math.Sqrt(alphaBars[0]), Math.Sqrt(alphaBars[last]));
            alphaBars = Array.ConvertAll(alphaBars, alphaBar => Math.Pow((Math.Sqrt(alphaBar) - end) * start / (start - end), 2));
        }

        return alphaBars;

        static double Cosine(double u) => Math.Pow(Math.Cos((u + 0.008) / 1.008 * Math.PI / 2), 2);
    }
}
