using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>Denoising diffusion implicit models (Song et al. 2020, Eq. 12): √ᾱ_s·x̂₀ + √(1−ᾱ_s−s²)·ε̂ + s·z.</summary>
public sealed record Ddim : ISolver
{
    /// <summary>Creates the solver.</summary>
    /// <param name="eta">η: 0 is deterministic, 1 is <see cref="Ddpm"/> with the posterior variance.</param>
    /// <exception cref="DiffusionException">η is not between 0 and 1.</exception>
    public Ddim(double eta = 0)
    {
        if (!(eta >= 0 && eta <= 1))
        {
            throw new DiffusionException($"η (eta) must be between 0 and 1; was {eta}.");
        }

        Eta = eta;
    }

    /// <summary>η, from 0 (deterministic) to 1 (ancestral).</summary>
    public double Eta { get; }

    /// <inheritdoc/>
    public string Name => "ddim";

    /// <inheritdoc/>
    public SolverSettings Settings => Eta == 0 ? SolverSettings.Usual : new SolverSettings { Eta = Eta };

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Quadratic;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => UsualSteps.OfFirstOrder(schedule);

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
        => Tableau.OneRowPerStep(schedule, timesteps, (from, to) =>
        {
            double variance = Eta * Eta * Ddpm.PosteriorVariance(from, to);
            (double a, double c) = Coefficients(from, to, variance);
            return new TableauRow { Level = from, NextLevel = to, A = a, C = [c], S = Math.Sqrt(variance) };
        });

    /// <summary>The factors of x and of ε̂ in √ᾱ_s·x̂₀ + √(1−ᾱ_s−s²)·ε̂.</summary>
    /// <param name="from">The noise level of x.</param>
    /// <param name="to">The noise level that it goes to, cleaner or noisier.</param>
    /// <param name="variance">s², the variance of the noise that is added besides.</param>
    internal static (double OfX, double OfEpsilon) Coefficients(NoiseLevel from, NoiseLevel to, double variance)
    {
        double a = Math.Sqrt(to.AlphaBar / from.AlphaBar);
        return (a, Math.Sqrt(Math.Max(0, 1 - to.AlphaBar - variance)) - (a * from.Noise));
    }
}
