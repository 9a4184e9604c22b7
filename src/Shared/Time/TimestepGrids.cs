
namespace Diffusion.Time;

/// <summary>The catalogue of timestep grids. "leading" and "trailing" are named as in Lin et al. 2024, Table 2.</summary>
public static class TimestepGrids
{
    /// <summary>ρ of Karras et al. 2022, Table 1.</summary>
    private const double KarrasRho = 7;

    /// <summary>Evenly spaced from T−1 to 0, fractions kept.</summary>
    public static TimestepGrid Uniform { get; } = new("uniform", "evenly spaced from T-1 to 0", UniformIndices);

    /// <summary>Every ⌊T/steps⌋-th index counted from 0: ends at 0, starts below T−1.</summary>
    public static TimestepGrid Leading { get; } = new("leading", "every (T/steps)-th index counted from 0", LeadingIndices);

    /// <summary>Every (T/steps)-th index counted from T−1: starts at T−1, ends above 0.</summary>
    public static TimestepGrid Trailing { get; } = new("trailing", "every (T/steps)-th index counted from T-1", TrailingIndices);

    /// <summary>
    /// Squares of evenly spaced numbers, from T−1 to 0: closer together towards the data (after Song et al. 2020, Appendix D.2).
    /// </summary>
    public static TimestepGrid Quadratic { get; } = new(
        "quadratic", "squares, from T-1 to 0", (schedule, steps) => PowerIndices(schedule, steps, 2));

    /// <summary>Cubes of evenly spaced numbers, from T−1 to 0: closer together still; found by measurement, see
    /// docs/solvers.md.</summary>
    public static TimestepGrid Cubic { get; } = new("cubic", "cubes, from T-1 to 0", (schedule, steps) => PowerIndices(schedule, steps, 3));

    /// <summary>Evenly spaced in log σ, half the logarithm of the signal-to-noise ratio (Lu et al. 2022a, §3.4).</summary>
    public static TimestepGrid LogSnr { get; } = new(
        "logsnr", "evenly spaced in log σ", (schedule, steps) => InSigma(LogSnr!, schedule, steps));

    /// <summary>Evenly spaced in σ^(1/7) (Karras et al. 2022, Eq. 5).</summary>
    public static TimestepGrid Karras { get; } = new(
        "karras", "evenly spaced in σ^(1/7)", (schedule, steps) => InSigma(Karras!, schedule, steps));

    /// <summary>All grids, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<TimestepGrid> All { get; } = [Uniform, Leading, Trailing, Quadratic, Cubic, LogSnr, Karras];

    /// <summary>Finds a grid by its name.</summary>
    /// <exception cref="DiffusionException">There is no grid of that name.</exception>
    public static TimestepGrid Find(string name) => Catalogue.Find(All, grid => grid.Name, name, "timestep spacing");

    private static double[] UniformIndices(NoiseSchedule schedule, int steps)
        => Fill(steps, k => (schedule.TrainTimesteps - 1) * Left(k, steps));

    private static double[] PowerIndices(NoiseSchedule schedule, int steps, int power)
        => Fill(steps, k => (schedule.TrainTimesteps - 1) * Math.Pow(Left(k, steps), power));

    /// <summary>The same as <see cref="Karras"/> or <see cref="LogSnr"/>, from one index to another.</summary>
    internal static double[] InSigma(TimestepGrid grid, NoiseSchedule schedule, int steps, double first, double last)
        => grid == Karras
            ? SigmaIndices(schedule, steps, first, last, sigma => Math.Pow(sigma, 1 / KarrasRho), root => Math.Pow(root, KarrasRho))
            : SigmaIndices(schedule, steps, first, last, Math.Log, Math.Exp);

    private static double[] InSigma(TimestepGrid grid, NoiseSchedule schedule, int steps)
        => InSigma(grid, schedule, steps, schedule.TrainTimesteps - 1, 0);

    /// <summary>Evenly spaced in a function of σ.</summary>
    private static double[] SigmaIndices(
        NoiseSchedule schedule, int steps, double first, double last, Func<double, double> function, Func<double, double> inverse)
    {
        double start = function(schedule.At(first).Sigma);
        double end = function(schedule.At(last).Sigma);

        // The ends are exact: rounding must not lead past them.
        return Fill(steps, k => k == 0 ? first
            : k == steps - 1 ? last
            : schedule.AtSigma(inverse(double.Lerp(end, start, Left(k, steps)))).Timestep);
    }

    /// <summary>How much of the way from noise to data is left before step k: 1 at first, 0 before the last step.</summary>
    private static double Left(int k, int steps) => steps == 1 ? 1 : (double)(steps - 1 - k) / (steps - 1);

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
