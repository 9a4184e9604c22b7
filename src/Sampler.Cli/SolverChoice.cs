using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli;

/// <summary>What a command line says about the solver and its steps. A value of null was not said.</summary>
internal sealed record SolverChoice(ISolver Solver)
{
    /// <summary>Gets the number of steps.</summary>
    public int? Steps { get; init; }

    /// <summary>Gets how the steps are spread.</summary>
    public TimestepGrid? Grid { get; init; }

    /// <summary>Gets the times t at which the steps begin.</summary>
    public IReadOnlyList<double>? Times { get; init; }

    /// <summary>Gets how the predicted clean data are kept within bounds.</summary>
    public ClippingOptions? Clipping { get; init; }

    /// <summary>Gets a value indicating whether the number of steps was left open.</summary>
    public bool IsLengthOpen => Steps is null && Times is null;

    /// <summary>Returns what a model recommends.</summary>
    public static SolverChoice From(SamplingInfo recommended, DdpmVariance? variance) => new(recommended.CreateSolver(variance))
    {
        Steps = recommended.Steps, Grid = recommended.Spacing is { } spacing ? TimestepGrids.Find(spacing) : null,
    };

    /// <summary>Writes the solver out for a noise schedule.</summary>
    /// <exception cref="DiffusionException">The number of steps or a time is out of range.</exception>
    public SamplingPlan CreatePlan(NoiseSchedule schedule)
        => Times is null
            ? SamplingPlan.Create(schedule, Solver, Steps, Grid)
            : SamplingPlan.At(schedule, Solver, [.. Times.Select(time => ToTimestep(time, schedule))]);

    private static double ToTimestep(double time, NoiseSchedule schedule)
        => time >= 1 && time <= schedule.TrainTimesteps
            ? PaperTime.ToTimestep(time)
            : throw new DiffusionException($"Every time of --times must be between 1 and {schedule.TrainTimesteps}; found {time}.");
}
