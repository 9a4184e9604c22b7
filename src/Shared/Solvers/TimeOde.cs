using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// A Runge–Kutta method on the lab's ODE in time, whose slope is one DDIM step: f(x, i) = DDIM_{i→i−1}(x) − x per unit of
/// index, integrated downwards. At the clean end f = 0, so a stage that falls there costs no evaluation.
/// </summary>
/// <param name="Name">The name of the solver.</param>
/// <param name="Method">The Runge–Kutta method.</param>
public sealed record TimeOde(string Name, ButcherTableau Method) : ISolver
{
    /// <inheritdoc/>
    public SolverSettings Settings { get; } = new() { Ode = OdeForm.Time };

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Quadratic;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => UsualSteps.OfRungeKutta(schedule, Method.Nodes.Length);

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
        => new(StepPairs.Pair(schedule, timesteps).SelectMany(step => Step(schedule, step.From, step.To)));

    private IEnumerable<TableauRow> Step(NoiseSchedule schedule, NoiseLevel from, NoiseLevel to)
    {
        (double t, double length) = (from.Timestep, from.Timestep - to.Timestep);

        // A step that leads nowhere needs one evaluation.
        int stages = length == 0 ? 1 : Method.Nodes.Count(node => t - (node * length) > NoiseSchedule.CleanIndex);
        for (int stage = 0; stage < stages; stage++)
        {
            bool isLast = stage == stages - 1;
            double asked = t - (Method.Nodes[stage] * length);
            double reached = Math.Max(asked - 1, NoiseSchedule.CleanIndex);
            (double a, double c) = Ddim.Coefficients(schedule.At(asked), schedule.At(reached), variance: 0);
            IEnumerable<double> weights = isLast ? Method.Weights.Take(stages).Reverse() : Method.After(stage);
            yield return new TableauRow
            {
                Level = schedule.At(Math.Max(asked, 0)),
                NextLevel = isLast ? to : schedule.At(t - (Method.NodeAfter(stage) * length)),
                P = a - 1,
                Q = c,
                A = 1,
                C = [.. weights.Select(weight => length * weight)],
                EndsStep = isLast,
            };
        }
    }
}
