using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// DEIS in its form ρAB (Zhang and Chen 2022, §3.3): the method of Adams and Bashforth, for steps of any length, on dy/dσ = ε
/// with y = x/√ᾱ. The slope of the last steps is continued as a polynomial in σ. The first steps are of lower order, for
/// want of history; the last one is the jump to x̂₀.
/// </summary>
/// <param name="Order">From 1 (Euler) to 4.</param>
public sealed record Deis(int Order = 4) : ISolver
{
    /// <summary>From 1 to 4.</summary>
    /// <exception cref="DiffusionException">The order is another.</exception>
    public int Order { get; } = Order is >= 1 and <= 4
        ? Order
        : throw new DiffusionException($"The order of DEIS must be between 1 and 4; was {Order}.");

    /// <inheritdoc/>
    public string Name => "deis";

    /// <inheritdoc/>
    public TimestepGrid DefaultGrid => TimestepGrids.Quadratic;

    /// <inheritdoc/>
    public int DefaultSteps(NoiseSchedule schedule) => UsualSteps.OfMultistep(schedule);

    /// <inheritdoc/>
    public Tableau Build(NoiseSchedule schedule, IReadOnlyList<double> timesteps)
    {
        double[] sigmas = [.. timesteps.Append(schedule.FinalIndex).Select(timestep => schedule.At(timestep).Sigma)];
        return new Tableau(StepPairs.Pair(schedule, timesteps).Select((step, k) =>
        {
            int looksBack = step.To.IsClean ? 1 : Math.Min(Order, k + 1);
            double[] nodes = [.. sigmas[(k + 1 - looksBack)..(k + 1)].Reverse()];
            double scale = step.To.Signal;
            return new TableauRow
            {
                Level = step.From,
                NextLevel = step.To,
                A = scale / step.From.Signal,
                C = [.. nodes.Select((_, j) => scale * LagrangeIntegral(nodes, j, sigmas[k], sigmas[k + 1]))],
            };
        }));
    }

    /// <summary>
    /// The integral of the polynomial that is 1 at node j and 0 at the others; Simpson's rule is exact for its degree, 3 at most.
    /// </summary>
    private static double LagrangeIntegral(double[] nodes, int j, double from, double to)
    {
        return (to - from) / 6 * (At(from) + (4 * At((from + to) / 2)) + At(to));

        double At(double sigma)
            => nodes.Where((_, m) => m != j).Aggregate(1.0, (product, node) => product * (sigma - node) / (nodes[j] - node));
    }
}
