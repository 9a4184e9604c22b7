using System.Collections.Immutable;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed.Formats;

/// <summary>The cells of a column as dates or times: the formats that all of them have.</summary>
internal sealed class TimeGuess
{
    private const char DayMark = 'd', MonthMark = 'M';

    private ImmutableArray<TimeFormat> _formats = TimePatterns.All;

    /// <summary>A cell that is another time by another format.</summary>
    private string? _ambiguous;

    /// <summary>Gets the preferred format.</summary>
    public TimeFormat Format => _formats[0];

    /// <summary>Gets a cell in which the month can stand before the day or behind it, if that is so in all cells.</summary>
    public string? Ambiguous => _formats.Any(IsMonthFirst) && !_formats.All(IsMonthFirst) ? _ambiguous : null;

    /// <summary>Gets whether the month stands before the day in the preferred format.</summary>
    public bool PutsMonthFirst => IsMonthFirst(Format);

    /// <summary>Takes a cell in, unless it has no format that all the others have.</summary>
    /// <param name="cell">The cell, without white space around it.</param>
    /// <returns>Whether it has; if not, nothing has changed.</returns>
    public bool TryAdd(ReadOnlySpan<char> cell)
    {
        if (_formats is [TimeFormat only])
        {
            return only.TryParse(cell, out _);
        }

        (int count, bool isAmbiguous) = Count(cell);
        if (count > 0 && count < _formats.Length)
        {
            _formats = [.. Having(cell)];
        }

        _ambiguous ??= isAmbiguous ? cell.ToString() : null;
        return count > 0;
    }

    /// <summary>Whether a cell has a format that all the others have.</summary>
    public bool Fits(ReadOnlySpan<char> cell) => Count(cell).Count > 0;

    /// <summary>How many of the formats a cell has, and whether it is not the same time by all of them.</summary>
    private (int Count, bool IsAmbiguous) Count(ReadOnlySpan<char> cell)
    {
        (int count, bool isAmbiguous, double first) = (0, false, 0);
        foreach (TimeFormat format in _formats)
        {
            if (format.TryParse(cell, out double value))
            {
                first = count++ == 0 ? value : first;
                isAmbiguous |= value != first;
            }
        }

        return (count, isAmbiguous);
    }

    private List<TimeFormat> Having(ReadOnlySpan<char> cell)
    {
        List<TimeFormat> formats = [];
        foreach (TimeFormat format in _formats)
        {
            if (format.TryParse(cell, out _))
            {
                formats.Add(format);
            }
        }

        return formats;
    }

    private static bool IsMonthFirst(TimeFormat format)
        => format.Pattern.IndexOf(MonthMark, StringComparison.Ordinal) < format.Pattern.IndexOf(DayMark, StringComparison.Ordinal);
}
