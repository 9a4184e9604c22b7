using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// A Runge–Kutta method on the probability-flow ODE in σ: with y = x/√ᾱ, dy/dσ = ε (Song et al. 2020, Eq. 14).
/// The step to σ = 0 is one evaluation, the jump to x̂₀, and so is a step that leads nowhere.
/// </summary>
/// <param name="Name">The name of the solver.</param>
/// <param name="Method">The Runge–Kutta method.</param>
public sealed record SigmaOde(string Name, ButcherTableau Method) : ISolver
{
    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Quadratic;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => UsualSteps.OfRungeKutta(schedule, Method.Nodes.Length);

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps) => new(StepPairs.Pair(schedule, timesteps)
        .SelectMany(step => Step(
            schedule, step.From, step.To, step.To.IsClean || step.To == step.From ? ButcherTableau.Euler : Method)));

    private static IEnumerable<TableauRow> Step(NoiseSchedule schedule, NoiseLevel from, NoiseLevel to, ButcherTableau method)
    {
        double start = from.Sigma;
        double length = to.Sigma - start;
        NoiseLevel asked = from;
        for (int stage = 0; stage < method.Nodes.Length; stage++)
        {
            bool isLast = stage == method.Nodes.Length - 1;
            double node = method.NodeAfter(stage);
            NoiseLevel next = node == 1 ? to : schedule.AtSigma(start + (node * length));
            yield return new TableauRow
            {
                Level = asked,
                NextLevel = next,
                A = next.Signal / from.Signal,
                C = [.. method.After(stage).Select(weight => next.Signal * length * weight)],
                EndsStep = isLast,
            };
            asked = next;
        }
    }
}
