namespace Diffusion.Schedules;

/// <summary>The timesteps that a scheduler of Hugging Face's diffusers takes (Lin et al. 2024, Table 2, with the rounding of the
/// class).</summary>
/// <param name="ClassName">The name of the class, such as "DDIMScheduler".</param>
/// <param name="Spacing">One of <see cref="Spacings"/>, or the name of a grid in <see cref="TimestepGrids"/>.</param>
/// <param name="Offset">What is added to each timestep of the leading spacing, at least 0.</param>
/// <param name="DropsLast">Whether the class divides into one step more, and leaves out the timestep nearest to the data.</param>
/// <param name="Rounds">Whether the class rounds evenly spaced timesteps to whole ones.</param>
internal sealed record SchedulerGrid(string ClassName, string Spacing, int Offset, bool DropsLast, bool Rounds)
{
    public const string Linspace = "linspace";
    public const string Leading = "leading";
    public const string Trailing = "trailing";

    /// <summary>The values of <c>timestep_spacing</c>.</summary>
    public static IReadOnlyList<string> Spacings { get; } = [Linspace, Leading, Trailing];

    /// <summary>Returns the grid.</summary>
    public TimestepGrid ToGrid() => new($"{Spacing} of {ClassName}", "the spacing in the model's configuration", Indices);

    private double[] Indices(NoiseSchedule schedule, int steps)
    {
        if (Spacing is not (Linspace or Leading))
        {
            return TimestepGrids.Find(Spacing).Rule(schedule, steps);
        }

        int timesteps = schedule.TrainTimesteps;
        int places = DropsLast ? steps + 1 : steps;
        double[] indices = [.. Enumerable.Range(0, steps).Select(k => Spacing == Leading
            ? ((places - 1 - k) * (timesteps / places)) + Offset
            : Round(places == 1 ? timesteps - 1 : (timesteps - 1.0) * (places - 1 - k) / (places - 1)))];
        if (indices[0] > timesteps - 1 || indices.Zip(indices.Skip(1)).Any(pair => pair.First <= pair.Second))
        {
            throw new DiffusionException(
                $"The '{Spacing}' spacing of {ClassName} does not have {steps} different timesteps up to {timesteps - 1}. "
                    + $"Use fewer steps or another spacing.");
        }

        return indices;
    }

    private double Round(double index) => Rounds ? Math.Round(index) : index;
}
