using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// DPM-Solver++ as a multistep method on 2 or 3 predictions in λ = −log σ, on the predicted clean data x̂₀ (Lu et al. 2022b,
/// Algorithm 2 and Appendix C). The first steps are of lower order, for want of history; the last one is the jump to x̂₀.
/// </summary>
/// <param name="Name">The name of the solver.</param>
/// <param name="Order">2 or 3.</param>
public sealed record DpmSolver(string Name, int Order) : ISolver
{
    /// <summary>2 or 3.</summary>
    /// <exception cref="DiffusionException">The order is another.</exception>
    public int Order { get; } = Order is 2 or 3
        ? Order
        : throw new DiffusionException($"The order of DPM-Solver++ must be 2 or 3; was {Order}.");

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Cubic;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => UsualSteps.OfMultistep(schedule);

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
    {
        double[] lambdas = MultistepWeights.Lambdas(schedule, timesteps);
        return new Tableau(StepPairs.Pair(schedule, timesteps).Select(
            (step, k) => Row(step.From, step.To, MultistepWeights.Of(lambdas, k, Order))));
    }

    private static TableauRow Row(NoiseLevel from, NoiseLevel to, double[] weights)
    {
        double a = to.Noise / from.Noise;
        double total = to.Signal - (a * from.Signal);
        (double ofX, double ofEpsilon) = ForwardProcess.CleanData(from);
        return new TableauRow
        {
            Level = from,
            NextLevel = to,
            P = ofX,
            Q = ofEpsilon,
            A = a,
            C = [.. weights.Select(weight => total * weight)],
        };
    }
}
