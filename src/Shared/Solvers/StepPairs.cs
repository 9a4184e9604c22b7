using Diffusion.Schedules;

namespace Diffusion.Solvers;

/// <summary>The steps of a grid.</summary>
internal static class StepPairs
{
    /// <summary>Each index with the next one, <see cref="NoiseSchedule.CleanIndex"/> past the end.</summary>
    public static IEnumerable<(double From, double To)> Of(IReadOnlyList<double> timesteps)
        => timesteps.Zip(timesteps.Skip(1).Append(NoiseSchedule.CleanIndex));
}
