using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// DDIM run backwards: data to noise, deterministic (Song et al. 2020, §4.3). The steps are those of <see cref="Ddim"/>
/// with η = 0 on the same grid, turned round; each asks the network where it starts, so that it undoes the sampling step
/// to first order.
/// </summary>
public static class DdimInversion
{
    /// <summary>Writes the inversion out as rows, from clean data to the first index of the grid.</summary>
    /// <param name="schedule">The schedule of the model.</param>
    /// <param name="timesteps">The grid of the sampler to be inverted: indices within 0 … T−1, strictly descending.</param>
    public static Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new Tableau(StepPairs.Pair(schedule, timesteps).Reverse().Select(step =>
        {
            (double a, double c) = Ddim.Coefficients(step.To, step.From, variance: 0);

            // The network knows no cleaner data than those of index 0.
            return new TableauRow { Level = schedule.At(Math.Max(step.To.Timestep, 0)), NextLevel = step.From, A = a, C = [c] };
        }));
    }
}
