using System.Text.Json.Serialization;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cards;

/// <summary>How a model is best sampled, as its maker says. What is left open is as it suits the solver.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SamplingInfo
{
    /// <summary>Gets the name of the solver, one of <see cref="KnownSolvers"/>; null leaves the choice open.</summary>
    public string? Solver { get; init; }

    /// <summary>Gets the settings of the solver; null for the usual ones.</summary>
    public SolverSettings? Settings { get; init; }

    /// <summary>Gets the number of steps, from 1 to T.</summary>
    public int? Steps { get; init; }

    /// <summary>Gets the name of the spacing of the steps, one of <see cref="TimestepGrids"/>.</summary>
    public string? Spacing { get; init; }

    /// <summary>Gets the weight of guidance, for a network that takes labels.</summary>
    public double? Guidance { get; init; }

    /// <summary>Creates the recommended solver.</summary>
    /// <param name="variance">The variance of the same card, for a solver that takes one and has no other.</param>
    /// <exception cref="DiffusionException">The solver or a setting is not known.</exception>
    public ISolver CreateSolver(DdpmVariance? variance = null)
    {
        if (Solver is null)
        {
            return KnownSolvers.Default;
        }

        SolverEntry entry = KnownSolvers.Find(Solver);
        return entry.Create(entry.Complete(Settings ?? SolverSettings.Usual, variance));
    }

    /// <summary>Writes the recommended solver out for a noise schedule.</summary>
    /// <param name="schedule">The noise schedule of the same card.</param>
    /// <param name="variance">The variance of the same card, for a solver that takes one and has no other.</param>
    /// <exception cref="DiffusionException">The solver, a setting or the spacing is not known, or the number of steps is out of
    /// range.</exception>
    public SamplingPlan CreatePlan(NoiseSchedule schedule, DdpmVariance? variance = null)
        => SamplingPlan.Create(schedule, CreateSolver(variance), Steps, Spacing is null ? null : TimestepGrids.Find(Spacing));

    /// <summary>Refuses what cannot be obeyed.</summary>
    /// <exception cref="DiffusionException">A key is unknown, or a value is out of range.</exception>
    internal void Validate(NoiseSchedule schedule, bool takesLabels)
    {
        if (Settings is not null && Solver is null)
        {
            throw new DiffusionException("The settings of a solver need its name.");
        }

        if (Guidance is { } weight && !(takesLabels && double.IsFinite(weight)))
        {
            throw new DiffusionException($"Guidance must be a finite number and needs class labels; was {weight}.");
        }

        _ = CreatePlan(schedule);
    }
}
