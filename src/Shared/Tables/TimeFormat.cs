using System.Globalization;

namespace Diffusion.Tables;

/// <summary>Dates and times, counted in whole units from the start of 1970, or from midnight for times of day.</summary>
public sealed record TimeFormat : CellFormat
{
    private const int TicksPerMillisecond = 10_000;
    private const string SecondMark = "s", MinuteMark = "m", FractionMark = "f", DayMark = "d", HourMark = "H";

    private readonly long _ticksPerUnit;
    private readonly bool _isTimeOfDay;

    /// <summary>Creates the format of a pattern of .NET, such as "yyyy-MM-dd HH:mm:ss".</summary>
    /// <param name="pattern">The pattern, in the invariant culture.</param>
    public TimeFormat(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        Pattern = pattern;
        _ticksPerUnit = Has(FractionMark) ? TicksPerMillisecond
            : Has(SecondMark) ? TimeSpan.TicksPerSecond
            : Has(MinuteMark) ? TimeSpan.TicksPerMinute
            : Has(HourMark) ? TimeSpan.TicksPerHour
            : TimeSpan.TicksPerDay;
        _isTimeOfDay = !Has(DayMark) && !Has("y");

        bool Has(string mark) => pattern.Contains(mark, StringComparison.Ordinal);
    }

    /// <summary>Gets the pattern.</summary>
    public string Pattern { get; }

    /// <inheritdoc/>
    public override int? Decimals => 0;

    /// <summary>Gets the ticks of 100 ns in a unit: a day, an hour, a minute, a second or a millisecond, the smallest that the pattern
    /// has.</summary>
    public long TicksPerUnit => _ticksPerUnit;

    /// <inheritdoc/>
    public override bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        bool isTime = DateTime.TryParseExact(
            text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out DateTime time);
        value = isTime ? (time.Ticks - Start) / (double)_ticksPerUnit : 0;
        return isTime && value == Math.Floor(value);
    }

    /// <inheritdoc/>
    public override string Print(double value)
    {
        double ticks = Math.Clamp((value * _ticksPerUnit) + Start, 0, DateTime.MaxValue.Ticks);
        return new DateTime((long)ticks).ToString(Pattern, CultureInfo.InvariantCulture);
    }

    private long Start => _isTimeOfDay ? 0 : DateTime.UnixEpoch.Ticks;
}
