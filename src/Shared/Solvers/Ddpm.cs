using Diffusion.Time;

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
        => Tableau.OneRowPerStep(schedule, timesteps, (t, s) =>
        {
            double alphaBarFrom = schedule.AlphaBarAt(t);
            double alphaBarTo = schedule.AlphaBarAt(s);
            double alpha = alphaBarFrom / alphaBarTo;
            double beta = 1 - alpha;
            double a = 1 / Math.Sqrt(alpha);
            return new TableauRow
            {
                Timestep = t,
                NextTimestep = s,
                A = a,
                C = [-a * beta / ForwardProcess.NoiseScale(alphaBarFrom)],
                S = s == NoiseSchedule.CleanIndex ? 0 : Math.Sqrt(Variance == DdpmVariance.Beta ? beta : PosteriorVariance(alphaBarFrom, alphaBarTo)),
            };
        });

    /// <summary>β̃ = (1−ᾱ_s)/(1−ᾱ_t)·(1 − ᾱ_t/ᾱ_s), the variance of q(x_s | x_t, x₀) (Ho et al. 2020, Eq. 7).</summary>
    /// <param name="alphaBarFrom">ᾱ at the noisier end of the step.</param>
    /// <param name="alphaBarTo">ᾱ at the cleaner end of the step.</param>
    internal static double PosteriorVariance(double alphaBarFrom, double alphaBarTo) => (1 - alphaBarTo) / (1 - alphaBarFrom) * (1 - (alphaBarFrom / alphaBarTo));
}
