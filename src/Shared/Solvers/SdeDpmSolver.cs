using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// SDE-DPM-Solver++ (2M): the reverse SDE in λ = −log σ, of second order in the predicted clean data x̂₀ (Lu et al. 2022b, Eq. 19).
/// </summary>
public sealed record SdeDpmSolver : ISolver
{
    /// <inheritdoc/>
    public string Name => "sde-dpm++2m";

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Quadratic;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => UsualSteps.OfStochasticMultistep(schedule);

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
    {
        double[] lambdas = MultistepWeights.Lambdas(schedule, timesteps);
        return new Tableau(StepPairs.Pair(schedule, timesteps).Select((step, k) =>
        {
            (NoiseLevel from, NoiseLevel to) = step;

            // e^{−h}, which is 0 for the step to clean data.
            double decay = to.Sigma / from.Sigma;
            double fresh = 1 - (decay * decay);
            double[] weights = MultistepWeights.Of(lambdas, k, order: 2);
            (double ofX, double ofEpsilon) = ForwardProcess.CleanData(from);
            return new TableauRow
            {
                Level = from,
                NextLevel = to,
                P = ofX,
                Q = ofEpsilon,
                A = decay * to.Noise / from.Noise,
                C = [.. weights.Select(weight => to.Signal * fresh * weight)],
                S = to.Noise * Math.Sqrt(fresh),
            };
        }));
    }
}
