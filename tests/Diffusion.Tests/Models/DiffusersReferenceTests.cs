using System.Globalization;
using System.Text;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Points;
using Diffusion.Samples;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Models;

/// <summary>
/// The numbers of diffusers' own tests (tests/schedulers, Apache 2.0): the network x·t/(t+1) on the 768 values k/768, ten steps.
/// </summary>
[TestClass]
public sealed class DiffusersReferenceTests
{
    private const int Values = 768;

    /// <summary>The tolerance of those tests.</summary>
    private const double Tolerance = 1e-2;

    [TestMethod]
    [DataRow("\"prediction_type\":\"epsilon\"", 172.0067)]
    [DataRow("\"prediction_type\":\"v_prediction\"", 52.5302)]
    [DataRow("\"beta_start\":0.01,\"set_alpha_to_one\":true", 149.8295)]
    [DataRow("\"beta_start\":0.01,\"set_alpha_to_one\":false", 149.0784)]
    public void TenStepsOfDdim_GiveTheSumOfDiffusers(string keys, double sum)
    {
        ModelCard card = Card($$"""{"_class_name":"DDIMScheduler",{{keys}}}""", Values);
        using DiffusionSampler sampler = new(TestNetwork(card.Prediction), card);
        float[] start = [.. Enumerable.Range(0, Values).Select(k => (float)k / Values)];
        SampleBatch noise = new(start, SampleShape.Vector(Values));
        PointSet samples = sampler.Sample(new SamplingJob { Count = 1, Plan = sampler.CreatePlan(new Ddim(), 10), Noise = noise });
        Assert.AreEqual(sum, samples.Values.ToArray().Sum(value => (double)Math.Abs(value)), Tolerance);
    }

    /// <summary>
    /// The first three lists are those of diffusers' tests and documentation; the others follow from NumPy's linspace, arange and round.
    /// </summary>
    [TestMethod]
    [DataRow("""{"_class_name":"DDIMScheduler","steps_offset":1}""", 5, "801,601,401,201,1")]
    [DataRow("\uFEFF{\"_class_name\":\"DDIMScheduler\",\"steps_offset\":1}", 5, "801,601,401,201,1")]
    [DataRow("""{"_class_name":"DDIMScheduler"}""", 10, "900,800,700,600,500,400,300,200,100,0")]
    [DataRow("""{"_class_name":"DDPMScheduler","timestep_spacing":"trailing"}""", 10, "999,899,799,699,599,499,399,299,199,99")]
    [DataRow("""{"_class_name":"DDPMScheduler","timestep_spacing":"linspace"}""", 3, "999,500,0")]
    [DataRow("""{"_class_name":"EulerDiscreteScheduler"}""", 3, "999,499.5,0")]
    [DataRow("""{"_class_name":"DPMSolverMultistepScheduler"}""", 10, "999,899,799,699,599,500,400,300,200,100")]
    [DataRow("""{"_class_name":"UniPCMultistepScheduler","timestep_spacing":"leading","steps_offset":1}""", 4, "801,601,401,201")]
    public void Timesteps_AreThoseOfTheClass(string config, int steps, string expected)
    {
        NoiseSchedule schedule = Card(config, 1).Schedule;
        Assert.AreEqual(
            expected, string.Join(',', schedule.Grid!.Create(schedule, steps).Select(index => FormattableString.Invariant($"{index}"))));
    }

    [TestMethod]
    [DataRow(
        """{"_class_name":"DDIMScheduler","steps_offset":1}""", 1000,
        "The spacing 'leading of DDIMScheduler' has no 1000 different timesteps up to 999. Use fewer steps or another spacing.")]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler"}""", 1000,
        "The spacing 'linspace of DPMSolverMultistepScheduler' has no 1000 different timesteps")]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler","use_karras_sigmas":true}""", 100,
        "The spacing 'karras, linspace of DPMSolverMultistepScheduler' has no 100 different timesteps")]
    public void TimestepsThatTheClassDoesNotHave_AreRefused(string config, int steps, string message)
    {
        NoiseSchedule schedule = Card(config, 1).Schedule;
        StringAssert.Contains(Assert.ThrowsExactly<DiffusionException>(() => schedule.Grid!.Create(schedule, steps)).Message, message);
    }

    /// <summary>
    /// Numbers computed from diffusers' formulas by a program of their own: Euler and LMS space σ between the ends of the spaced timesteps,
    /// the multistep classes over all timesteps, which they round.
    /// </summary>
    [TestMethod]
    [DataRow(
        "EulerDiscreteScheduler", "\"timestep_spacing\":\"leading\",\"steps_offset\":1,\"use_karras_sigmas\":true",
        "951,913.739,873.135,828.625,779.544,725.124,664.555,597.13,522.574,441.604,356.615,272.029,193.716,"
            + "127.392,76.738,42.19,21.152,9.593,3.763,1")]
    [DataRow("LMSDiscreteScheduler", "\"use_exponential_sigmas\":true", "999,834.738,621.959,359.213,133.405,30.652,4.83,0")]
    [DataRow(
        "DPMSolverMultistepScheduler", "\"use_karras_sigmas\":true",
        "999,962,921,876,827,772,710,640,561,474,380,285,197,123,69,35,15,6,2,0")]
    [DataRow("UniPCMultistepScheduler", "\"use_exponential_sigmas\":true", "999,875,724,538,330,153,52,14,3,0")]
    public void SpacingsInSigma_AreThoseOfTheClass(string name, string keys, string expected)
    {
        NoiseSchedule schedule = Card(
            $$"""{"_class_name":"{{name}}","beta_schedule":"scaled_linear","beta_start":0.00085,"beta_end":0.012,{{keys}}}""", 1).Schedule;
        double[] indices = [.. expected.Split(',').Select(index => double.Parse(index, CultureInfo.InvariantCulture))];
        double[] found = schedule.Grid!.Create(schedule, indices.Length);
        for (int k = 0; k < indices.Length; k++)
        {
            Assert.AreEqual(indices[k], found[k], 1e-3, $"timestep {k}");
        }
    }

    /// <summary>All that a configuration says survives in the card of the file that is written.</summary>
    [TestMethod]
    [DataRow("""{"_class_name":"DDIMScheduler","steps_offset":1,"set_alpha_to_one":false}""")]
    [DataRow("""{"_class_name":"DDPMScheduler","variance_type":"fixed_large","clip_sample_range":3}""")]
    [DataRow("""{"_class_name":"DDPMScheduler","thresholding":true,"sample_max_value":1.5,"dynamic_thresholding_ratio":0.9}""")]
    [DataRow(
        """{"_class_name":"DDIMScheduler","beta_schedule":"scaled_linear","prediction_type":"v_prediction","rescale_betas_zero_snr":"""
            + """true,"timestep_spacing":"trailing"}""")]
    [DataRow("""{"_class_name":"EulerDiscreteScheduler","use_karras_sigmas":true,"beta_schedule":"sigmoid"}""")]
    [DataRow("""{"_class_name":"DEISMultistepScheduler","trained_betas":[0.1,0.2,0.7]}""")]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler","use_exponential_sigmas":"""
            + """true,"final_sigmas_type":"sigma_min","lambda_min_clipped":-Infinity}""")]
    public void AConfiguration_ReadsBackFromTheCard(string config)
    {
        ModelCard card = Card(config, 1);
        ModelCard read = ModelCard.FromMetadata(card.ToMetadata(), "m");
        CollectionAssert.AreEqual(card.Schedule.AlphaBars.ToArray(), read.Schedule.AlphaBars.ToArray());
        Assert.AreEqual(card.Schedule.FinalIndex, read.Schedule.FinalIndex);
        CollectionAssert.AreEqual(card.Schedule.Grid!.Create(card.Schedule, 2), read.Schedule.Grid!.Create(read.Schedule, 2));
        Assert.AreEqual(
            (card.Prediction, card.ClipSample, card.Thresholding, card.Variance),
            (read.Prediction, read.ClipSample, read.Thresholding, read.Variance));
    }

    /// <summary>
    /// Published configurations carry keys of the classes that they were converted from; a class ignores what it does not read.
    /// </summary>
    [TestMethod]
    [DataRow(
        """{"_class_name":"EulerDiscreteScheduler","_diffusers_version":"0.19.0.dev0","beta_end":"""
            + """0.012,"beta_schedule":"scaled_linear","beta_start":0.00085,"clip_sample":"""
            + """true,"interpolation_type":"linear","num_train_timesteps":1000,"prediction_type":"epsilon","sample_max_value":"""
            + """1.0,"set_alpha_to_one":false,"skip_prk_steps":true,"steps_offset":1,"timestep_spacing":"leading","trained_betas":"""
            + """null,"use_karras_sigmas":false}""",
        -1.0, null, 951.0)]
    [DataRow(
        """{"_class_name":"PNDMScheduler","beta_end":0.012,"beta_schedule":"scaled_linear","beta_start":0.00085,"clip_sample":"""
            + """true,"set_alpha_to_one":false,"skip_prk_steps":true,"steps_offset":1}""",
        0.0, null, 951.0)]
    [DataRow(
        """{"_class_name":"DDIMScheduler","beta_end":0.012,"beta_schedule":"scaled_linear","beta_start":0.00085,"clip_sample":"""
            + """true,"set_alpha_to_one":true,"final_sigmas_type":"sigma_min","use_karras_sigmas":true}""",
        -1.0, 1.0, 950.0)]
    [DataRow(
        """{"_class_name":"EulerDiscreteScheduler","clip_sample":false,"sigma_max":null,"sigma_min":"""
            + """null,"timestep_spacing":"trailing","timestep_type":"discrete","rescale_betas_zero_snr":"""
            + """false,"final_sigmas_type":"zero"}""",
        -1.0, null, 999.0)]
    [DataRow(
        """{"_class_name":"DPMSolverMultistepScheduler","variance_type":"fixed_small","set_alpha_to_one":false,"thresholding":"""
            + """false,"euler_at_final":false,"lambda_min_clipped":-Infinity}""",
        -1.0, null, 999.0)]
    [DataRow("""{"_class_name":"DPMSolverSinglestepScheduler","timestep_spacing":"leading","steps_offset":1}""", -1.0, null, 999.0)]
    public void KeysThatAClassDoesNotRead_AreIgnored(string config, double finalIndex, double? clip, double first)
    {
        ModelCard card = Card(config, 1);
        Assert.AreEqual(finalIndex, card.Schedule.FinalIndex);
        Assert.AreEqual(clip, card.ClipSample);
        Assert.IsNull(card.Variance);
        Assert.AreEqual(first, card.Schedule.Grid!.Create(card.Schedule, 20)[0]);
    }

    /// <summary>
    /// With ᾱ = 2⁻²⁴ or less in place of 0, DDIM ends where it ends with ᾱ = 0 exactly, where x_T is noise alone and ε̂ = x_T.
    /// </summary>
    [TestMethod]
    [DataRow("linear")]
    [DataRow("scaled_linear")]
    public void ZeroTerminalSignal_IsThatOfTheClosedForm(string beta)
    {
        const double mean = 3, deviation = 0.5, tolerance = 3e-4;
        NoiseSchedule schedule = Card(
            $$"""{"_class_name":"DDIMScheduler","beta_schedule":"{{beta}}","prediction_type":"v_prediction","rescale_betas_zero_snr":"""
                + """true,"timestep_spacing":"trailing"}""",
            1).Schedule;
        Tableau tableau = SamplingPlan.Create(schedule, new Ddim(), 20).Tableau;
        double[] start = [-2, 0, 0.7, 3];
        double[] found = new TableauExecutor<double>(
            tableau, start, ExactPredictors.Gaussian(mean, deviation), (_, _) => throw new InvalidOperationException()).Run().ToArray();

        for (int i = 0; i < start.Length; i++)
        {
            double x = start[i];
            foreach (TableauRow row in tableau.Rows)
            {
                double from = row.Level.Timestep == schedule.TrainTimesteps - 1 ? 0 : row.Level.AlphaBar;
                double to = row.NextLevel.AlphaBar;
                double gain = deviation * deviation * Math.Sqrt(from) / ((from * deviation * deviation) + 1 - from);
                double clean = mean + (gain * (x - (Math.Sqrt(from) * mean)));
                double epsilon = (x - (Math.Sqrt(from) * clean)) / Math.Sqrt(1 - from);
                x = (Math.Sqrt(to) * clean) + (Math.Sqrt(1 - to) * epsilon);
            }

            Assert.AreEqual(x, found[i], tolerance);
        }
    }

    private static ModelCard Card(string config, int dimension)
        => ModelCard.FromSchedulerConfig(
            Encoding.UTF8.GetBytes(config), new DataInfo { Name = "test", Dimension = dimension }, "scheduler_config.json");

    private static ClosedForm TestNetwork(PredictionType prediction) => new(Values, (x, level, output) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            output[i] = (float)(x[i] * level.Timestep / (level.Timestep + 1));
        }
    })
    {
        Signature = new DenoiserSignature(SampleShape.Vector(Values)) { Prediction = prediction },
    };
}
