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

    /// <summary>Writes the recommended solver out for a noise schedule.</summary>
    /// <param name="schedule">The noise schedule of the same card.</param>
    /// <exception cref="DiffusionException">The solver, a setting or the spacing is not known, or the number of steps is out of
    /// range.</exception>
    public SamplingPlan CreatePlan(NoiseSchedule schedule)
    {
        ISolver solver = Solver is null ? KnownSolvers.Default : KnownSolvers.Find(Solver).Create(Settings ?? SolverSettings.Usual);
        return SamplingPlan.Create(schedule, solver, Steps, Spacing is null ? null : TimestepGrids.Find(Spacing));
    }

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
