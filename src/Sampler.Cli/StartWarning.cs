using System.Globalization;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Cli;

/// <summary>Warns if sampling starts from pure noise at a time at which the data are still visible in the noise.</summary>
internal static class StartWarning
{
    /// <summary>Writes the warning to standard error, if there is one; for several runs, that of the one that starts nearest to the
    /// data.</summary>
    public static void Write(NoiseSchedule schedule, params IEnumerable<Tableau> tableaus)
    {
        if (Describe(schedule, tableaus.Min(tableau => tableau.FirstTimestep)) is { } warning)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>Returns the warning; null if ᾱ of the first evaluation is at most
    /// <see cref="NoiseSchedule.LargestTerminalAlphaBar"/>.</summary>
    private static string? Describe(NoiseSchedule schedule, double first)
    {
        double alphaBar = schedule.AlphaBarAt(first);
        if (alphaBar <= NoiseSchedule.LargestTerminalAlphaBar)
        {
            return null;
        }

        double time = first - NoiseSchedule.CleanIndex;
        string advice = schedule.TerminalAlphaBar > NoiseSchedule.LargestTerminalAlphaBar
            ? "The model's noise schedule ends in too little noise; train with another one."
            : $"Start at t = {schedule.TrainTimesteps}, for example with --spacing trailing.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"sampling starts at t = {time:0.###}, where the noise still contains data (ᾱ = {alphaBar:g3}); the samples will be biased. "
                + $"{advice}");
    }
}
