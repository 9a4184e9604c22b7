namespace Diffusion.Time;

/// <summary>Which timesteps a scheduler of diffusers rounds to whole ones.</summary>
internal enum SchedulerRounding
{
    /// <summary>Evenly spaced ones, and those that are spaced in σ.</summary>
    All,

    /// <summary>Those that are spaced in σ alone.</summary>
    OfSigmas,

    /// <summary>None.</summary>
    None,
}
