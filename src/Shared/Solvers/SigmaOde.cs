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
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps) => new(StepPairs.Of(schedule, timesteps)
        .SelectMany(step => Step(
            schedule, step.From, step.To, step.To == NoiseSchedule.CleanIndex || step.To == step.From ? ButcherTableau.Euler : Method)));

    private static IEnumerable<TableauRow> Step(NoiseSchedule schedule, double t, double s, ButcherTableau method)
    {
        double start = schedule.SigmaAt(t);
        double length = schedule.SigmaAt(s) - start;
        double scale = ForwardProcess.SignalScale(schedule.AlphaBarAt(t));
        double asked = t;
        for (int stage = 0; stage < method.Nodes.Length; stage++)
        {
            bool isLast = stage == method.Nodes.Length - 1;
            double node = method.NodeAfter(stage);
            double next = node == 1 ? s : schedule.IndexAt(start + (node * length));
            double nextScale = ForwardProcess.SignalScale(schedule.AlphaBarAt(next));
            yield return new TableauRow
            {
                Timestep = asked,
                NextTimestep = next,
                A = nextScale / scale,
                C = [.. method.After(stage).Select(weight => nextScale * length * weight)],
                EndsStep = isLast,
            };
            asked = next;
        }
    }
}
