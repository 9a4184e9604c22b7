using Diffusion.Schedules;

namespace Diffusion.Solvers;

/// <summary>Ancestral sampling (Ho et al. 2020, Algorithm 2), written for any stride of the grid.</summary>
/// <param name="Variance">The variance of the noise that a step adds.</param>
public sealed record Ddpm(DdpmVariance Variance = DdpmVariance.Beta) : ISolver
{
    /// <inheritdoc/>
    public string Name => "ddpm";

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Uniform;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => schedule.TrainTimesteps;

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
        => Tableau.OneRowPerStep(timesteps, (t, s) =>
        {
            double at = schedule.AlphaBarAt(t);
            double @as = schedule.AlphaBarAt(s);
            double alpha = at / @as;
            double beta = 1 - alpha;
            double a = 1 / Math.Sqrt(alpha);
            return new TableauRow
            {
                Timestep = t,
                NextTimestep = s,
                A = a,
                C = [-a * beta / ForwardProcess.NoiseScale(at)],
                S = s == NoiseSchedule.CleanIndex ? 0 : Math.Sqrt(Variance == DdpmVariance.Beta ? beta : PosteriorVariance(at, @as)),
            };
        });

    /// <summary>β̃ = (1−ᾱ_s)/(1−ᾱ_t)·(1 − ᾱ_t/ᾱ_s), the variance of q(x_s | x_t, x₀) (Ho et al. 2020, Eq. 7).</summary>
    /// <param name="at">ᾱ at the noisier end of the step.</param>
    /// <param name="as">ᾱ at the cleaner end of the step.</param>
    internal static double PosteriorVariance(double at, double @as) => (1 - @as) / (1 - at) * (1 - (at / @as));
}
