using Diffusion.Schedules;

namespace Diffusion.Solvers;

/// <summary>How many steps a solver takes where none are asked for: about as many network evaluations for each.</summary>
internal static class UsualSteps
{
    private const int Evaluations = 100;

    /// <param name="schedule">The schedule, which has T steps at most.</param>
    /// <param name="evaluationsPerStep">The number of network evaluations that a step costs.</param>
    public static int For(NoiseSchedule schedule, int evaluationsPerStep = 1) => Math.Min(Evaluations / evaluationsPerStep, schedule.TrainTimesteps);
}
