using Diffusion.Tables;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>Round times to label an axis with: the starts of years, months, days, hours, minutes or seconds.</summary>
internal static class TimeTicks
{
    private const int MonthsOfYear = 12;

    /// <summary>Steps in months; the largest that gives enough times is taken.</summary>
    private static readonly int[] Months =
        [1000 * MonthsOfYear, 500 * MonthsOfYear, 200 * MonthsOfYear, 100 * MonthsOfYear, 50 * MonthsOfYear, 20 * MonthsOfYear,
            10 * MonthsOfYear, 5 * MonthsOfYear, 2 * MonthsOfYear, MonthsOfYear, 6, 3, 1];

    /// <summary>Steps below a month.</summary>
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromDays(7), TimeSpan.FromDays(2), TimeSpan.FromDays(1), TimeSpan.FromHours(12), TimeSpan.FromHours(6),
        TimeSpan.FromHours(3), TimeSpan.FromHours(1), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1),
    ];

    /// <summary>Returns times within an axis, ascending, in the units of a format; numbers where no round times are dense
    /// enough.</summary>
    /// <param name="format">The format.</param>
    /// <param name="low">The lower end of the axis.</param>
    /// <param name="high">The upper end, above the lower.</param>
    /// <param name="least">How many to have at least.</param>
    public static IReadOnlyList<double> Of(TimeFormat format, double low, double high, int least)
    {
        IEnumerable<double[]> choices = format.IsTimeOfDay ? [] : Months.Select(Starts);
        return choices.Concat(Steps.Select(Multiples)).FirstOrDefault(ticks => ticks.Length >= least) ?? Ticks.Linear(low, high, least);

        double[] Starts(int step)
        {
            DateTime first = format.ToDateTime(low), last = format.ToDateTime(high);
            int firstMonth = (MonthsOfYear * first.Year) + first.Month - 1;
            int lastMonth = (MonthsOfYear * last.Year) + last.Month - 1;
            int start = (firstMonth + step - 1) / step * step;
            return
            [
                .. Enumerable.Range(0, Math.Max(0, ((lastMonth - start) / step) + 1))
                    .Select(k => start + (k * step))
                    .Where(month => month >= MonthsOfYear)
                    .Select(month => format.ToUnits(new DateTime(month / MonthsOfYear, (month % MonthsOfYear) + 1, 1)))
                    .Where(units => units >= low && units <= high),
            ];
        }

        double[] Multiples(TimeSpan step)
        {
            double units = (double)step.Ticks / format.TicksPerUnit;
            double first = Math.Ceiling(low / units);
            double count = Math.Floor(high / units) - first + 1;
            return units < 1 ? [] : [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(k => (first + k) * units)];
        }
    }
}
