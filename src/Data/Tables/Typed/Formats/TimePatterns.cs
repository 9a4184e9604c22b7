using System.Collections.Immutable;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed.Formats;

/// <summary>The formats of dates and times that are known, in the order in which they are preferred.</summary>
internal static class TimePatterns
{
    private const string IsoDate = "yyyy-MM-dd";

    private static readonly string[] Dates =
    [
        IsoDate, "yyyy-M-d", "yyyy/MM/dd", "yyyy/M/d", "yyyy.MM.dd", "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yy", "d.M.yy",
        "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "d/M/yyyy", "MM/dd/yy", "M/d/yy", "dd/MM/yy", "d/M/yy",
        "dd-MM-yyyy", "MM-dd-yyyy", "dd-MMM-yyyy", "d-MMM-yyyy", "dd-MMM-yy", "d-MMM-yy",
        "dd MMM yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    ];

    private static readonly string[] Clocks =
    [
        "HH:mm", "HH:mm:ss", "H:mm", "H:mm:ss", "hh:mm tt", "h:mm tt", "hh:mm:ss tt", "h:mm:ss tt",
    ];

    private static readonly string[] IsoClocks =
    [
        "HH:mm", "HH:mm:ss", "HH:mm:ss.f", "HH:mm:ss.ff", "HH:mm:ss.fff", "HH:mm:ss.ffff", "HH:mm:ss.fffff", "HH:mm:ss.ffffff",
    ];

    private static readonly string[] PlainClocks = ["HH:mm", "HH:mm:ss", "HH:mm:ss.fff", "HH:mm:ss.ffffff"];

    private static readonly string[] Zones = ["", "'Z'", "'+00:00'"];

    /// <summary>Gets the formats; the last ones are digits alone, which are dates only if somebody says so.</summary>
    public static ImmutableArray<TimeFormat> All { get; } =
    [
        .. Dates
            .Append("yyyy-MM")
            .Concat(from gap in new[] { " ", "'T'" } from clock in IsoClocks from zone in Zones select $"{IsoDate}{gap}{clock}{zone}")
            .Concat(from date in Dates from clock in Clocks select $"{date} {clock}")
            .Concat(IsoClocks)
            .Concat(Clocks)
            .Concat(["yyyyMMdd", "yyyy"])
            .Distinct()
            .Select(pattern => new TimeFormat(pattern)),
    ];

    /// <summary>Returns the shortest format of times that are no text in their file.</summary>
    /// <param name="ticks">The times, in ticks from the start of 1970 or from midnight.</param>
    /// <param name="isClock">Whether they are times of day.</param>
    /// <param name="isUtc">Whether they are in universal time; dates say nothing of it.</param>
    public static TimeFormat Find(IEnumerable<long> ticks, bool isClock, bool isUtc)
    {
        (string gap, string zone) = isUtc ? ("'T'", "'Z'") : (" ", "");
        TimeFormat[] formats = isClock
            ? [.. PlainClocks.Select(clock => new TimeFormat(clock))]
            : [new(IsoDate), .. PlainClocks.Select(clock => new TimeFormat($"{IsoDate}{gap}{clock}{zone}"))];
        int shortest = 0;
        foreach (long time in ticks)
        {
            while (shortest < formats.Length - 1 && time % formats[shortest].TicksPerUnit != 0)
            {
                shortest++;
            }
        }

        return formats[shortest];
    }
}
