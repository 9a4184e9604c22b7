using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>The steps of a grid.</summary>
internal static class StepPairs
{
    /// <summary>Returns each index with the next one; the last step ends at <see cref="NoiseSchedule.FinalIndex"/>.</summary>
    public static IEnumerable<(double From, double To)> Of(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
        => timesteps.Zip(timesteps.Skip(1).Append(schedule.FinalIndex));
}
