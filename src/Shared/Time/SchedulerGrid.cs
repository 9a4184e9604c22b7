
namespace Diffusion.Time;

/// <summary>The timesteps that a scheduler of Hugging Face's diffusers takes (Lin et al. 2024, Table 2, with the rounding of the
/// class).</summary>
internal sealed record SchedulerGrid
{
    public const string Linspace = "linspace";
    public const string Leading = "leading";
    public const string Trailing = "trailing";

    /// <summary>Gets the values of <c>timestep_spacing</c>.</summary>
    public static IReadOnlyList<string> Spacings { get; } = [Linspace, Leading, Trailing];

    /// <summary>Gets the name of the class, such as "DDIMScheduler".</summary>
    public required string ClassName { get; init; }

    /// <summary>Gets one of <see cref="Spacings"/>.</summary>
    public required string Spacing { get; init; }

    /// <summary>Gets what is added to each timestep of the leading spacing, at least 0.</summary>
    public int Offset { get; init; }

    /// <summary>Gets the spacing in σ, <see cref="TimestepGrids.Karras"/> or <see cref="TimestepGrids.LogSnr"/>; null if the timesteps are
    /// spaced otherwise.</summary>
    public TimestepGrid? SigmaGrid { get; init; }

    /// <summary>
    /// Gets a value indicating whether the class divides into one step more and leaves out the timestep nearest to the data. A spacing in
    /// σ then covers all timesteps; elsewhere it covers those from the first to the last of <see cref="Spacing"/>.
    /// </summary>
    public bool DropsLast { get; init; }

    /// <summary>Gets which timesteps the class rounds.</summary>
    public SchedulerRounding Rounding { get; init; }

    /// <summary>Returns the grid.</summary>
    public TimestepGrid ToGrid()
    {
        string sigma = SigmaGrid is null ? "" : $"{SigmaGrid.Name}, ";
        return new TimestepGrid($"{sigma}{Spacing} of {ClassName}", "the spacing of the model's configuration", Indices);
    }

    private double[] Indices(NoiseSchedule schedule, int steps)
    {
        int last = schedule.TrainTimesteps - 1;
        double[] indices = SigmaGrid is not null && DropsLast ? [last, 0] : Spaced(schedule, steps);
        if (SigmaGrid is not null)
        {
            indices = TimestepGrids.InSigma(SigmaGrid, schedule, steps, indices[0], indices[^1]);
            indices = Rounding == SchedulerRounding.None ? indices : Array.ConvertAll(indices, Math.Round);
        }

        if (indices[0] > last || indices.Zip(indices.Skip(1)).Any(pair => pair.First <= pair.Second))
        {
            throw new DiffusionException(
                $"The spacing '{ToGrid().Name}' has no {steps} different timesteps up to {last}. Use fewer steps or another spacing.");
        }

        return indices;
    }

    private double Round(double index) => Rounding == SchedulerRounding.All ? Math.Round(index) : index;

    private double[] Spaced(NoiseSchedule schedule, int steps)
    {
        int timesteps = schedule.TrainTimesteps;
        int places = DropsLast ? steps + 1 : steps;
        return Spacing switch
        {
            Trailing => TimestepGrids.Trailing.Rule(schedule, steps),
            Leading => [.. Enumerable.Range(0, steps).Select(k => (double)((places - 1 - k) * (timesteps / places)) + Offset)],
            _ => [.. TimestepGrids.Uniform.Rule(schedule, places).Take(steps).Select(Round)],
        };
    }
}
