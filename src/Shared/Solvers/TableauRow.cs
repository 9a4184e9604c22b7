using System.Collections.Immutable;
using Diffusion.Time;

namespace Diffusion.Solvers;

/// <summary>
/// One evaluation of the network and what follows from it. With <c>ε̂</c> the network's answer at <c>x</c>:
/// <code>
/// d = P·x + Q·ε̂                        pushed on the history, d₀ the newest
/// x = A·base + Σₖ C[k]·dₖ + S·z        z ~ N(0, I)
/// </code>
/// where <c>base</c> is x at the start of the step. This is a general linear method (Butcher 2006):
/// Runge–Kutta and multistep methods are both special cases.
/// </summary>
public sealed record TableauRow
{
    /// <summary>The longest history a row may look back on.</summary>
    public const int LongestHistory = 4;

    /// <summary>Gets the noise level at which the network is asked.</summary>
    public required NoiseLevel Level { get; init; }

    /// <summary>Gets the noise level that x has reached after the row.</summary>
    public required NoiseLevel NextLevel { get; init; }

    /// <summary>The factor of x in d.</summary>
    public double P { get; init; }

    /// <summary>The factor of ε̂ in d.</summary>
    public double Q { get; init; } = 1;

    /// <summary>The factor of the step's first x.</summary>
    public required double A { get; init; }

    /// <summary>The factors of the history, newest first; from 1 to 4 of them.</summary>
    public required ImmutableArray<double> C { get; init; }

    /// <summary>The standard deviation of the fresh noise; 0 where the row is deterministic.</summary>
    public double S { get; init; }

    /// <summary>Whether the row ends a step, so that base = x and a frame is shown.</summary>
    public bool EndsStep { get; init; } = true;

    /// <summary>Gets all numbers of the row.</summary>
    internal IEnumerable<double> Numbers => [Level.Timestep, NextLevel.Timestep, P, Q, A, S, .. C];

    /// <inheritdoc/>
    public bool Equals(TableauRow? other) => other is not null && EndsStep == other.EndsStep && Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, NextLevel, P, Q, A, S, C.Length);
}
