using CsvHelper;

namespace Diffusion.Data.Tables;

/// <summary>What is known of a column of a .csv file once all of its lines but the first have been seen.</summary>
internal sealed class CsvColumn
{
    private const int FirstYear = 1900, LastYear = 2100;

    private long _missing;
    private long _texts;
    private long _numbers;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;
    private double _smallestMagnitude = double.PositiveInfinity;
    private double _largestMagnitude;
    private (long Line, string Text)? _fault;

    /// <summary>A cell with a decimal point, and the line that it stands in.</summary>
    public (long Line, string Text)? Point { get; private set; }

    /// <summary>A cell with a comma that is a decimal comma, or may be one; one that must be where there is any.</summary>
    public (long Line, string Text)? Comma { get; private set; }

    /// <summary>Whether a comma can be nothing but a decimal comma.</summary>
    public bool IsCommaCertain { get; private set; }

    /// <summary>Whether the cells count the rows, from 0 or from 1.</summary>
    public bool CountsRows { get; private set; } = true;

    /// <summary>Whether there is a whole number among its cells.</summary>
    public bool HasWhole { get; private set; }

    /// <summary>Whether there is a whole number among its cells that double precision cannot hold exactly.</summary>
    public bool HasRounded { get; private set; }

    /// <summary>How many cells are no numbers.</summary>
    public long Faults => _missing + _texts;

    /// <summary>Whether most of what is there is numbers.</summary>
    public bool IsOfNumbers => _numbers > 0 && _numbers >= _texts;

    /// <summary>Adds a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="csv">Stands on its line.</param>
    /// <param name="column">The position of the column.</param>
    /// <param name="row">The number of the row, from 0.</param>
    public void Add(CsvCell cell, CsvReader csv, int column, long row)
    {
        CountsRows = CountsRows && cell.Kind == CsvCellKind.Whole && (row == 0 ? cell.Value is 0 or 1 : cell.Value == _greatest + 1);
        if (cell.IsNumber)
        {
            _numbers++;
            (_least, _greatest) = (Math.Min(_least, cell.Value), Math.Max(_greatest, cell.Value));
            _smallestMagnitude = Math.Min(_smallestMagnitude, Math.Abs(cell.Value));
            _largestMagnitude = Math.Max(_largestMagnitude, Math.Abs(cell.Value));
            HasWhole |= cell.Kind == CsvCellKind.Whole;
        }

        if (IsNoted(cell.Kind))
        {
            Note(cell.Kind, csv.LineNumber, csv.GetString(column));
        }

        Count(cell);
    }

    /// <summary>Adds the cell of the first line, if that is data.</summary>
    public void AddFirst(CsvCell cell, long line, string text)
    {
        _fault = cell.IsNumber ? _fault : null;
        Note(cell.Kind, line, text);
        Count(cell);
    }

    /// <summary>
    /// Whether a whole number above the column is unlike all numbers in it: ten times as large or as small, or a year that is farther
    /// from all of them than they are from each other.
    /// </summary>
    public bool IsUnlike(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude > 10 * _largestMagnitude || 10 * magnitude < _smallestMagnitude
            || (IsYear(value) && Math.Max(_least - value, value - _greatest) > _greatest - _least);
    }

    /// <summary>Whether a number is likely to be a year.</summary>
    public static bool IsYear(double value) => value is >= FirstYear and <= LastYear;

    /// <summary>What is wrong with it.</summary>
    public ColumnFault Fault(string name) => new(name, Invariant($"line {_fault!.Value.Line}"), _fault.Value.Text, Faults);

    /// <summary>Whether a cell is the first of its kind; only those are kept.</summary>
    private bool IsNoted(CsvCellKind kind) => kind switch
    {
        CsvCellKind.Missing or CsvCellKind.Text => _fault is null,
        CsvCellKind.Decimal => Point is null,
        CsvCellKind.Comma => !IsCommaCertain,
        CsvCellKind.CommaOrThousands => Comma is null,
        _ => false,
    };

    private void Note(CsvCellKind kind, long line, string text)
    {
        switch (kind)
        {
            case CsvCellKind.Missing or CsvCellKind.Text:
                _fault ??= (line, text);
                break;
            case CsvCellKind.Decimal when text.Contains('.', StringComparison.Ordinal):
                Point ??= (line, text);
                break;
            case CsvCellKind.Comma when !IsCommaCertain:
                (IsCommaCertain, Comma) = (true, (line, text));
                break;
            case CsvCellKind.CommaOrThousands:
                Comma ??= (line, text);
                break;
        }
    }

    private void Count(CsvCell cell)
    {
        _missing += cell.Kind == CsvCellKind.Missing ? 1 : 0;
        _texts += cell.Kind == CsvCellKind.Text ? 1 : 0;
        HasRounded |= cell.IsRounded;
    }
}
