using System.Globalization;

namespace Diffusion.Tables;

/// <summary>Dates and times, counted in whole units from the start of 1970, or from midnight for times of day.</summary>
public sealed record TimeFormat : CellFormat
{
    /// <summary>Longer cells are no times.</summary>
    private const int LongestCell = 64;

    private const char FractionMark = 'f';
    private const string SecondMark = "s", MinuteMark = "m", DayMark = "d", HourMark = "H", YearMark = "y";

    /// <summary>What stands behind times that are in universal time.</summary>
    private static readonly string[] UniversalMarks = ["'Z'", "'+00:00'"];

    private readonly long _ticksPerUnit;

    /// <summary>The ticks of the time that is counted from.</summary>
    private readonly long _start;

    /// <summary>The first and the last time that can be printed, in units.</summary>
    private readonly long _first, _last;

    /// <summary>Creates the format of a pattern of .NET, such as "yyyy-MM-dd HH:mm:ss".</summary>
    /// <param name="pattern">The pattern, in the invariant culture.</param>
    /// <exception cref="ArgumentException">.NET knows no such pattern.</exception>
    public TimeFormat(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!IsPattern(pattern))
        {
            throw new ArgumentException($"'{pattern}' is no pattern of dates or times.", nameof(pattern));
        }

        Pattern = pattern;
        int fractions = pattern.Count(mark => mark == FractionMark);
        _ticksPerUnit = Has(SecondMark) ? TicksOfFraction(fractions)
            : Has(MinuteMark) ? TimeSpan.TicksPerMinute
            : Has(HourMark) ? TimeSpan.TicksPerHour
            : TimeSpan.TicksPerDay;
        IsTimeOfDay = !Has(DayMark) && !Has(YearMark);
        _start = IsTimeOfDay ? 0 : DateTime.UnixEpoch.Ticks;
        _first = -_start / _ticksPerUnit;
        _last = ((IsTimeOfDay ? TimeSpan.TicksPerDay - 1 : DateTime.MaxValue.Ticks) - _start) / _ticksPerUnit;

        bool Has(string mark) => pattern.Contains(mark, StringComparison.Ordinal);
    }

    /// <summary>Gets the pattern.</summary>
    public string Pattern { get; }

    /// <summary>Gets a value indicating whether there is no date: times are counted from midnight.</summary>
    public bool IsTimeOfDay { get; }

    /// <summary>Gets a value indicating whether the pattern says that times are in universal time.</summary>
    public bool IsUniversal => Array.Exists(UniversalMarks, mark => Pattern.EndsWith(mark, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int? Decimals => 0;

    /// <summary>Gets the ticks of 100 ns in a unit, the smallest that the pattern has: a day, an hour, a minute, a second or a decimal of
    /// it.</summary>
    public long TicksPerUnit => _ticksPerUnit;

    /// <inheritdoc/>
    /// <remarks>A cell has the format if <see cref="Print"/> writes it as it stands: "3/4/2019" has the format "M/d/yyyy", not
    /// "MM/dd/yyyy".</remarks>
    public override bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        Span<char> printed = stackalloc char[LongestCell];
        if (!DateTime.TryParseExact(
                text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out DateTime time)
            || !time.TryFormat(printed, out int length, Pattern, CultureInfo.InvariantCulture)
            || !text.SequenceEqual(printed[..length]))
        {
            return false;
        }

        long units = (time.Ticks - _start) / _ticksPerUnit;
        value = units;

        // Times in ticks may be more than a double can tell apart.
        return (long)value == units;
    }

    /// <inheritdoc/>
    public override string Print(double value) => ToDateTime(value).ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Returns a time, of which only the clock counts where there is no date.</summary>
    /// <param name="value">The number of units; one that has no time becomes the first or the last that has.</param>
    public DateTime ToDateTime(double value)
        => new((Math.Clamp((long)Math.Round(value), _first, _last) * _ticksPerUnit) + _start);

    /// <summary>Returns the number of units of a time.</summary>
    /// <param name="time">The time.</param>
    internal double ToUnits(DateTime time) => (double)(time.Ticks - _start) / _ticksPerUnit;

    /// <summary>Whether .NET can write times by a pattern, in cells of a usual length.</summary>
    internal static bool IsPattern(string pattern)
    {
        try
        {
            return pattern.Length > 0 && DateTime.UnixEpoch.ToString(pattern, CultureInfo.InvariantCulture).Length <= LongestCell;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static long TicksOfFraction(int decimals)
    {
        long ticks = TimeSpan.TicksPerSecond;
        for (int i = 0; i < decimals && ticks > 1; i++)
        {
            ticks /= 10;
        }

        return ticks;
    }
}
