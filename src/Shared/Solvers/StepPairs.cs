using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>The steps of a grid.</summary>
internal static class StepPairs
{
    /// <summary>Returns the noise level of each index with that of the next one; the last step ends at
    /// <see cref="NoiseSchedule.Final"/>.</summary>
    public static IEnumerable<(NoiseLevel From, NoiseLevel To)> Pair(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
    {
        NoiseLevel[] levels = [.. timesteps.Select(schedule.At), schedule.Final];
        return levels.Zip(levels.Skip(1));
    }
}
