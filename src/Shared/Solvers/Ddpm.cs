using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>Ancestral sampling (Ho et al. 2020, Algorithm 2), written for any stride of the grid.</summary>
/// <param name="Variance">The variance of the noise that a step adds.</param>
public sealed record Ddpm(DdpmVariance Variance = DdpmVariance.Beta) : ISolver
{
    /// <inheritdoc/>
    public string Name => "ddpm";

    /// <inheritdoc/>
    public SolverSettings Settings
        => Variance == DdpmVariance.Beta ? SolverSettings.Usual : new SolverSettings { Variance = Variance };

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Uniform;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => schedule.TrainTimesteps;

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
        => Tableau.OneRowPerStep(schedule, timesteps, (from, to) =>
        {
            double alpha = from.AlphaBar / to.AlphaBar;
            double beta = 1 - alpha;
            double a = 1 / Math.Sqrt(alpha);
            return new TableauRow
            {
                Level = from,
                NextLevel = to,
                A = a,
                C = [-a * beta / from.Noise],
                S = to.IsClean ? 0 : Math.Sqrt(Variance == DdpmVariance.Beta ? beta : PosteriorVariance(from, to)),
            };
        });

    /// <summary>β̃ = (1−ᾱ_s)/(1−ᾱ_t)·(1 − ᾱ_t/ᾱ_s), the variance of q(x_s | x_t, x₀) (Ho et al. 2020, Eq. 7).</summary>
    /// <param name="from">The noisier end of the step.</param>
    /// <param name="to">The cleaner end of the step.</param>
    internal static double PosteriorVariance(NoiseLevel from, NoiseLevel to)
        => (1 - to.AlphaBar) / (1 - from.AlphaBar) * (1 - (from.AlphaBar / to.AlphaBar));
}
