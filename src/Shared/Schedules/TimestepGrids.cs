namespace Diffusion.Schedules;

/// <summary>The catalogue of timestep grids. "leading" and "trailing" are named as in Lin et al. 2024, Table 2.</summary>
public static class TimestepGrids
{
    /// <summary>Evenly spaced from T−1 to 0, fractions kept.</summary>
    public static TimestepGrid Uniform { get; } = new("uniform", "evenly spaced from T-1 to 0", UniformIndices);

    /// <summary>Every ⌊T/steps⌋-th index counted from 0: ends at 0, starts below T−1.</summary>
    public static TimestepGrid Leading { get; } = new("leading", "every (T/steps)-th index counted from 0", LeadingIndices);

    /// <summary>Every (T/steps)-th index counted from T−1: starts at T−1, ends above 0.</summary>
    public static TimestepGrid Trailing { get; } = new("trailing", "every (T/steps)-th index counted from T-1", TrailingIndices);

    /// <summary>All grids, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<TimestepGrid> All { get; } = [Uniform, Leading, Trailing];

    /// <summary>Finds a grid by its name.</summary>
    /// <exception cref="DiffusionException">There is no grid of that name.</exception>
    public static TimestepGrid Find(string name) => Catalogue.Find(All, grid => grid.Name, name, "timestep grid");

    private static double[] UniformIndices(NoiseSchedule schedule, int steps)
    {
        double last = schedule.TrainTimesteps - 1;
        return Fill(steps, k => steps == 1 ? last : last * (steps - 1 - k) / (steps - 1));
    }

    private static double[] LeadingIndices(NoiseSchedule schedule, int steps)
    {
        int stride = schedule.TrainTimesteps / steps;
        return Fill(steps, k => (steps - 1 - k) * stride);
    }

    private static double[] TrailingIndices(NoiseSchedule schedule, int steps)
    {
        double stride = (double)schedule.TrainTimesteps / steps;
        return Fill(steps, k => Math.Round(schedule.TrainTimesteps - (k * stride)) - 1);
    }

    private static double[] Fill(int steps, Func<int, double> index) => [.. Enumerable.Range(0, steps).Select(index)];
}
