namespace Diffusion.Time;

/// <summary>
/// Converts between the index i = 0 … T−1 that networks and files count in, as diffusers does, and the time t = 1 … T of the papers,
/// where 0 is clean data, which people read and write.
/// </summary>
public static class PaperTime
{
    /// <summary>Returns t = i + 1.</summary>
    /// <param name="timestep">The index i; fractions are allowed.</param>
    public static double FromTimestep(double timestep) => timestep - NoiseSchedule.CleanIndex;

    /// <summary>Returns i = t − 1.</summary>
    /// <param name="time">The time t; fractions are allowed.</param>
    public static double ToTimestep(double time) => time + NoiseSchedule.CleanIndex;
}
