namespace Diffusion.Cards;

/// <summary>
/// The groups of keys that only some schedulers of diffusers read. Published configurations often carry keys of the class that they
/// were converted from; a class ignores those that it does not read.
/// </summary>
[Flags]
internal enum SchedulerFeatures
{
    /// <summary>None of the groups.</summary>
    None = 0,

    /// <summary><c>clip_sample</c> and <c>clip_sample_range</c>.</summary>
    Clipping = 1,

    /// <summary><c>thresholding</c>, <c>dynamic_thresholding_ratio</c> and <c>sample_max_value</c>.</summary>
    Thresholding = 2,

    /// <summary><c>set_alpha_to_one</c>.</summary>
    AlphaToOne = 4,

    /// <summary><c>final_sigmas_type</c>.</summary>
    FinalSigma = 8,

    /// <summary><c>use_karras_sigmas</c>, <c>use_exponential_sigmas</c> and <c>use_lu_lambdas</c>.</summary>
    SigmaSpacing = 16,

    /// <summary><c>rescale_betas_zero_snr</c>.</summary>
    ZeroSnr = 32,

    /// <summary>The fixed variances of <c>variance_type</c>.</summary>
    Variance = 64,

    /// <summary><c>timestep_spacing</c> and <c>steps_offset</c>.</summary>
    Spacing = 128,
}
