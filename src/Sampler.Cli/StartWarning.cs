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
        if (Describe(schedule, tableaus.Select(tableau => tableau.Start).MinBy(level => level.Timestep)) is { } warning)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>Returns the warning; null if ᾱ of the first evaluation is at most
    /// <see cref="NoiseSchedule.LargestTerminalAlphaBar"/>.</summary>
    private static string? Describe(NoiseSchedule schedule, NoiseLevel first)
    {
        if (first.AlphaBar <= NoiseSchedule.LargestTerminalAlphaBar)
        {
            return null;
        }

        string advice = schedule.TerminalAlphaBar > NoiseSchedule.LargestTerminalAlphaBar
            ? "The model's noise schedule ends in too little noise; train with another one."
            : $"Start at t = {schedule.TrainTimesteps}, for example with --spacing trailing.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"sampling starts at t = {first.Time:0.###}, where the noise still contains data (ᾱ = {first.AlphaBar:g3}); "
                + $"the samples will be biased. {advice}");
    }
}
