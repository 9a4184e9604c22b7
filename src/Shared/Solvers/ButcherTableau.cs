using System.Collections.Immutable;

namespace Diffusion.Solvers;

/// <summary>The coefficients of an explicit Runge–Kutta method for dy/dt = f(y, t) (Butcher 1964).</summary>
/// <param name="Nodes">cⱼ: where in the step stage j asks for f, from 0 to 1; the first is 0.</param>
/// <param name="Stages">aⱼₖ: how much of stage k &lt; j goes into the point of stage j.</param>
/// <param name="Weights">bⱼ: how much of stage j goes into the result.</param>
public sealed record ButcherTableau(
    ImmutableArray<double> Nodes, ImmutableArray<ImmutableArray<double>> Stages, ImmutableArray<double> Weights)
{
    /// <summary>Euler's method: order 1, one stage.</summary>
    public static ButcherTableau Euler { get; } = new([0], [[]], [1]);

    /// <summary>Heun's method (1900): order 2, two stages.</summary>
    public static ButcherTableau Heun { get; } = new([0, 1], [[], [1]], [1.0 / 2, 1.0 / 2]);

    /// <summary>The classical method (Kutta 1901): order 4, four stages.</summary>
    public static ButcherTableau Classical { get; } = new(
        [0, 1.0 / 2, 1.0 / 2, 1],
        [[], [1.0 / 2], [0, 1.0 / 2], [0, 0, 1]],
        [1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6]);

    /// <summary>
    /// What goes into the point after stage <paramref name="stage"/>: that of the next stage, or the result; the newest stage first.
    /// </summary>
    internal IEnumerable<double> After(int stage) => (stage + 1 < Stages.Length ? Stages[stage + 1] : Weights).Reverse();

    /// <summary>Where that point lies in the step, from 0 to 1.</summary>
    internal double NodeAfter(int stage) => stage + 1 < Nodes.Length ? Nodes[stage + 1] : 1;
}
