using Diffusion.Denoising;
using Diffusion.Tests.Support;

namespace Diffusion.Tests.Cli;

/// <summary>Scheduler configurations of diffusers that cannot be obeyed.</summary>
[TestClass]
public sealed class SchedulerConfigFaultTests
{
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
        File.WriteAllBytes(folder["net.onnx"], GaussianNetwork.Bytes(PaperSchedules.AlphaBars("linear"), PredictionType.Epsilon));
        folder.Write("scheduler_config.json", config);
        CommandRun.AssertRefused(
            message,
            CommandRun.Of("diffusion", folder.Root, "compile", "net.onnx", "--solver", "ddim", "--spacing", "trailing", "-o", "c.onnx"));
        Assert.IsFalse(File.Exists(folder["c.onnx"]));
    }
}
