using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>
/// A scheduler class of Hugging Face's diffusers that is built on a schedule of β, with the defaults that apply where a
/// configuration leaves a key out (diffusers 0.36, <c>schedulers/</c>).
/// </summary>
/// <param name="Name">The value of <c>_class_name</c>.</param>
internal sealed record SchedulerClass(string Name)
{
    public const string Ddpm = "DDPMScheduler";
    public const string Ddim = "DDIMScheduler";

    private const SchedulerFeatures Ancestral = SchedulerFeatures.Clipping | SchedulerFeatures.Thresholding | SchedulerFeatures.ZeroSnr;
    private const SchedulerFeatures Sigma = SchedulerFeatures.Spacing | SchedulerFeatures.SigmaSpacing;
    private const SchedulerFeatures Multistep
        = SchedulerFeatures.Thresholding | SchedulerFeatures.FinalSigma | SchedulerFeatures.SigmaSpacing;

    /// <summary>All classes that can be read: those for which network and noise levels mean what they mean here.</summary>
    public static IReadOnlyList<SchedulerClass> All { get; } =
    [
        .. Named(
            new(Ddpm)
            {
                Reads = Ancestral | SchedulerFeatures.Spacing | SchedulerFeatures.Variance,
                ClipsSample = true,
                Spacing = SchedulerGrid.Leading,
                VarianceType = SchedulerConfig.FixedSmall,
            },
            "DDPMParallelScheduler"),
        .. Named(
            new(Ddim)
            {
                Reads = Ancestral | SchedulerFeatures.Spacing | SchedulerFeatures.AlphaToOne,
                ClipsSample = true,
                Spacing = SchedulerGrid.Leading,
            },
            "DDIMParallelScheduler"),
        new("PNDMScheduler")
        {
            Reads = SchedulerFeatures.Spacing | SchedulerFeatures.AlphaToOne, Spacing = SchedulerGrid.Leading, EndsAtClean = false,
        },
        .. Named(
            new("DPMSolverMultistepScheduler")
            {
                Reads = Multistep | SchedulerFeatures.Spacing | SchedulerFeatures.ZeroSnr, DropsLast = true,
            },
            "UniPCMultistepScheduler"),
        new("DPMSolverSinglestepScheduler") { Reads = Multistep, DropsLast = true },
        new("DEISMultistepScheduler") { Reads = Sigma | SchedulerFeatures.Thresholding, DropsLast = true, EndsAtClean = false },
        new("EulerDiscreteScheduler")
        {
            Reads = Sigma | SchedulerFeatures.FinalSigma | SchedulerFeatures.ZeroSnr, Rounding = SchedulerRounding.None,
        },
        new("EulerAncestralDiscreteScheduler")
        {
            Reads = SchedulerFeatures.Spacing | SchedulerFeatures.ZeroSnr, Rounding = SchedulerRounding.None,
        },
        new("LMSDiscreteScheduler") { Reads = Sigma, Rounding = SchedulerRounding.None },
        new("HeunDiscreteScheduler")
        {
            Reads = Sigma | SchedulerFeatures.Clipping, Rounding = SchedulerRounding.None, BetaStart = 0.00085, BetaEnd = 0.012,
        },
        .. Named(
            new("KDPM2DiscreteScheduler") { Reads = Sigma, Rounding = SchedulerRounding.OfSigmas, BetaStart = 0.00085, BetaEnd = 0.012 },
            "KDPM2AncestralDiscreteScheduler"),
    ];

    /// <summary>Gets the groups of keys that the class reads; it ignores the others.</summary>
    public SchedulerFeatures Reads { get; init; }

    /// <summary>Gets the default of <c>beta_start</c>.</summary>
    public double BetaStart { get; init; } = NoiseSchedule.DefaultBetaStart;

    /// <summary>Gets the default of <c>beta_end</c>.</summary>
    public double BetaEnd { get; init; } = NoiseSchedule.DefaultBetaEnd;

    /// <summary>Gets the default of <c>clip_sample</c>.</summary>
    public bool ClipsSample { get; init; }

    /// <summary>Gets the default of <c>timestep_spacing</c>.</summary>
    public string Spacing { get; init; } = SchedulerGrid.Linspace;

    /// <summary>Gets a value indicating whether the last step ends at clean data by default, and not at ᾱ₀.</summary>
    public bool EndsAtClean { get; init; } = true;

    /// <summary>Gets the default of <c>variance_type</c>; null if the class has none.</summary>
    public string? VarianceType { get; init; }

    /// <summary>Gets a value indicating whether one step more is divided into, and the last timestep left out.</summary>
    public bool DropsLast { get; init; }

    /// <summary>Gets which timesteps the class rounds to whole ones.</summary>
    public SchedulerRounding Rounding { get; init; } = SchedulerRounding.All;

    /// <summary>Returns the class of a name; null if it is not known.</summary>
    public static SchedulerClass? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    private static IEnumerable<SchedulerClass> Named(SchedulerClass first, params string[] others)
        => [first, .. others.Select(name => first with { Name = name })];
}
