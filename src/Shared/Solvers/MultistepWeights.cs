using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>How the solvers of the family DPM-Solver++ mix their predictions of the clean data (Lu et al. 2022b, Appendix C).</summary>
internal static class MultistepWeights
{
    /// <summary>
    /// With fewer steps than these the last but one is of order 2 at most, for stability (Lu et al. 2022b, §5.3 and their code).
    /// </summary>
    private const int StepsToStayStable = 15;

    /// <summary>Up to here so many terms of the series reach the precision of a double.</summary>
    private const double LargestForSeries = 1;
    private const int SeriesTerms = 18;

    /// <summary>λ = −log σ at the indices of a grid.</summary>
    public static double[] Lambdas(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
        => [.. timesteps.Select(timestep => -schedule.At(timestep).LogSigma)];

    /// <summary>
    /// How the predictions of this and of earlier steps mix, newest first: the integral of e^λ times the polynomial
    /// through them, over the step, divided by −e^{λ_s}·(e^{−h} − 1). For order 3 the curvature is counted once, as in the
    /// authors' code, where the integral has it twice: that leaves the order of convergence at 2, and with few steps less error.
    /// </summary>
    /// <param name="lambdas">λ where each step begins.</param>
    /// <param name="k">The number of the step, from 0.</param>
    /// <param name="order">2 or 3; less in the first steps and in the last.</param>
    public static double[] Of(double[] lambdas, int k, int order)
    {
        if (k == lambdas.Length - 1 || k == 0)
        {
            return [1];
        }

        double h = lambdas[k + 1] - lambdas[k];
        double r0 = (lambdas[k] - lambdas[k - 1]) / h;
        bool isHeldBack = k == lambdas.Length - 2 && lambdas.Length < StepsToStayStable;
        if (order == 2 || k == 1 || isHeldBack)
        {
            return [1 + (1 / (2 * r0)), -1 / (2 * r0)];
        }

        double r1 = (lambdas[k - 1] - lambdas[k - 2]) / h;
        double slope = Phi(2, h) / Phi(1, h);
        double curvature = Phi(3, h) / Phi(1, h);

        // Divided differences of the predictions m₀, m₁, m₂:
        // D₁ = (1 + g)·Δ₀ − g·Δ₁ and D₂ = (Δ₀ − Δ₁)/(r₀ + r₁).
        double g = r0 / (r0 + r1);
        double first = (slope * (1 + g)) + (curvature / (r0 + r1));
        double second = -(slope * g) - (curvature / (r0 + r1));
        return [1 + (first / r0), (-first / r0) + (second / r1), -second / r1];
    }

    /// <summary>φ_k(h) = Σ (−h)ⁿ/(n + k)!, the functions of exponential integrators; the sum keeps its digits where h is
    /// small.</summary>
    private static double Phi(int k, double h)
    {
        if (h > LargestForSeries)
        {
            return k == 1 ? (1 - Math.Exp(-h)) / h : ((1 / Factorial(k - 1)) - Phi(k - 1, h)) / h;
        }

        double term = 1 / Factorial(k);
        double sum = term;
        for (int n = 1; n < SeriesTerms; n++)
        {
            term *= -h / (n + k);
            sum += term;
        }

        return sum;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
