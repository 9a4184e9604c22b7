using System.Globalization;
using Diffusion.Data.Tables.Typed.Formats;

namespace Diffusion.Data.Tables.Typed;

/// <summary>What is known of a column once all lines of its file but the first have been seen.</summary>
/// <param name="first">The cell in the first line.</param>
/// <param name="marks">The texts of missing cells.</param>
internal sealed class ColumnSurvey(string first, MissingMarks marks)
{
    private readonly long[] _missing = new long[marks.Texts.Count];
    private long _lastNumber;

    /// <summary>Gets the cell in the first line.</summary>
    public string First => first;

    /// <summary>Gets the cells as numbers; null once a cell is not a number.</summary>
    public NumberGuess? Numbers { get; private set; } = new();

    /// <summary>Gets the cells as dates or times; null once a cell is neither.</summary>
    public TimeGuess? Times { get; private set; } = new();

    /// <summary>Gets whether there is a cell that is not missing.</summary>
    public bool HasPresent { get; private set; }

    /// <summary>Gets whether the cells count the rows, from 0 or from 1.</summary>
    public bool CountsRows { get; private set; } = true;

    /// <summary>Gets whether the cell in the first line occurs again.</summary>
    public bool RepeatsFirst { get; private set; }

    /// <summary>Gets whether all cells are numbers or all are times, the first line aside, and there is one.</summary>
    public bool IsUniform => HasPresent && (Numbers is not null || Times is not null);

    /// <summary>Gets the most frequent text of missing cells.</summary>
    public string MissingText => _missing.DefaultIfEmpty().Max() is var most and > 0 ? marks.Texts[Array.IndexOf(_missing, most)] : "";

    /// <summary>Gets whether the cell in the first line is missing.</summary>
    public bool IsFirstMissing => marks.Contains(first.AsSpan().Trim());

    /// <summary>Gets whether the cell in the first line is a number, or a time, as all others are.</summary>
    public bool IsFirstLikeOthers => Numbers?.Fits(first.AsSpan().Trim()) == true || Times?.Fits(first.AsSpan().Trim()) == true;

    /// <summary>Adds a cell of a line behind the first.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="row">The number of the row, from 0.</param>
    public void Add(ReadOnlySpan<char> text, long row)
    {
        ReadOnlySpan<char> cell = text.Trim();
        RepeatsFirst |= text.SequenceEqual(first);
        if (CountsRows)
        {
            bool isWhole = long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
            CountsRows = isWhole && (row == 0 ? number is 0 or 1 : number == _lastNumber + 1);
            _lastNumber = number;
        }

        Add(cell);
    }

    /// <summary>Adds the cell in the first line, if that is data.</summary>
    public void AddFirst() => Add(first.AsSpan().Trim());

    private void Add(ReadOnlySpan<char> cell)
    {
        int mark = marks.Find(cell);
        if (mark >= 0)
        {
            _missing[mark]++;
            return;
        }

        HasPresent = true;
        Numbers = Numbers?.TryAdd(cell) == true ? Numbers : null;
        Times = Times?.TryAdd(cell) == true ? Times : null;
    }
}
