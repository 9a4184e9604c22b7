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
        return new Tableau(StepPairs.Of(schedule, timesteps).Select((step, k) =>
        {
            (double t, double s) = step;
            double alphaBarFrom = schedule.AlphaBarAt(t);
            double alphaBarTo = schedule.AlphaBarAt(s);

            // e^{−h}, which is 0 for the step to clean data.
            double decay = ForwardProcess.Sigma(alphaBarTo) / ForwardProcess.Sigma(alphaBarFrom);
            double fresh = 1 - (decay * decay);
            double[] weights = MultistepWeights.Of(lambdas, k, order: 2);
            (double ofX, double ofEpsilon) = ForwardProcess.CleanData(alphaBarFrom);
            return new TableauRow
            {
                Timestep = t,
                NextTimestep = s,
                P = ofX,
                Q = ofEpsilon,
                A = decay * ForwardProcess.NoiseScale(alphaBarTo) / ForwardProcess.NoiseScale(alphaBarFrom),
                C = [.. weights.Select(weight => ForwardProcess.SignalScale(alphaBarTo) * fresh * weight)],
                S = ForwardProcess.NoiseScale(alphaBarTo) * Math.Sqrt(fresh),
            };
        }));
    }
}
