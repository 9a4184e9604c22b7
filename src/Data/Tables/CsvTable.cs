using System.Globalization;
using Diffusion.Points;

namespace Diffusion.Data.Tables;

/// <summary>
/// Reads a .csv file as a table. The file is read twice: once to decide by all of its lines what the first one is, which columns
/// are numbers and what a comma means, and once for the numbers.
/// </summary>
internal sealed class CsvTable
{
    private readonly CsvSource _source;
    private readonly CsvSurvey _survey;
    private readonly TableReading _reading;
    private readonly List<string> _remarks;
    private readonly string[]? _names;

    private CsvTable(CsvSource source, CsvSurvey survey, TableReading reading)
    {
        (_source, _survey, _reading, _remarks) = (source, survey, reading, [.. source.Remarks]);
        bool isHeader = reading.HasHeader
            ?? (reading.Columns.IsNamedIn([.. survey.FirstWords.Select(CsvHeader.Unescape)])
                || CsvHeader.IsHeader(survey, reading.NumbersCanBeNames));
        if (isHeader)
        {
            _names = CsvHeader.Names(survey.FirstWords, _remarks);
        }
        else
        {
            survey.TakeFirstLineAsData();
        }

        if (reading.HasHeader is null)
        {
            _remarks.Add(DescribeFirstLine());
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DiffusionException">The file is missing, empty or ragged, lacks a column, or has cells that are no finite numbers;
    /// the message names all columns with such cells.</exception>
    public static TableContent Read(string path, TableReading reading)
    {
        CsvSource source = CsvSource.Open(path);
        CsvSurvey survey = CsvSurvey.Make(source) ?? throw NoPoints(path);
        return new CsvTable(source, survey, reading).Read();
    }

    private TableContent Read()
    {
        int[] columns = Choose();
        if (_survey.Rows == 0)
        {
            throw NoPoints(_source.Path);
        }

        RequireNumbers(columns);
        RequireClearCommas(columns);
        int most = Array.MaxLength / columns.Length;
        if (_survey.Rows > most)
        {
            throw new DiffusionException(
                $"'{_source.Path}' has {_survey.Rows} rows; at most {most} rows of {columns.Length} columns can be read. Split the file.");
        }

        _remarks.AddRange(columns.Where(column => _survey.Columns[column].HasRounded)
            .Select(column => $"Column {NameOf(column)} has whole numbers beyond 2^53, which double precision rounds."));
        string[]? names = _names is null ? null : [.. columns.Select(column => _names[column])];
        NumericTable table = new(ReadNumbers(columns), columns.Length, names);
        return new TableContent(table, _remarks) { Sha256 = _source.Sha256 };
    }

    /// <summary>The positions of the chosen columns, where a column that only counts the rows may be left out.</summary>
    private int[] Choose()
    {
        int count = _survey.Columns.Length;
        if (_names is null || !CsvHeader.IsRowNumber(_names, _survey.Rows, _survey.Columns[0].CountsRows)
            || !_reading.Columns.LeavesOutRowNumbers(_names[0], count))
        {
            return _reading.Columns.Resolve(_names, count, _source.Path);
        }

        _remarks.Add(CsvHeader.DescribeRowNumbers(_reading.ColumnsOption));
        return [.. _reading.Columns.Resolve(_names[1..], count - 1, _source.Path).Select(column => column + 1)];
    }

    private void RequireNumbers(int[] columns)
    {
        int[] faulty = [.. columns.Where(column => _survey.Columns[column].Faults > 0)];
        if (faulty.Length == 0)
        {
            return;
        }

        ColumnFault[] faults = [.. faulty.Select(column => _survey.Columns[column].Fault(NameOf(column)))];
        string empty = faults.Length > 1 && faults.Any(fault => fault.Cell.Length == 0)
            ? " Fill in the empty cells, or remove those lines."
            : "";
        string commas = !_survey.HasDecimalCommas && faults.Any(fault => fault.Cell.Contains(',', StringComparison.Ordinal))
            ? " Decimal commas are read only if semicolons or tabs separate the columns."
            : "";
        throw ColumnFault.Describe(_source.Path, faults, empty + commas + Advice(columns.Except(faulty)) + HeaderAdvice(faulty));
    }

    /// <summary>The choice that would work: the chosen columns without those that cannot be read.</summary>
    private string Advice(IEnumerable<int> readable)
    {
        string list = string.Join(',', readable.Select(Word));
        return list.Length == 0 || _reading.ColumnsOption is not { } option ? ""
            : $" To read the other columns: {option} {(list.Any(char.IsWhiteSpace) ? $"\"{list}\"" : list)}";

        // A name that would be read as two, or end the quotes around the list, is chosen by its number.
        string Word(int column) => NameOf(column) is { Length: > 0 } name && !name.AsSpan().ContainsAny(",\"") && name == name.Trim()
            ? name
            : (column + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What to say where nothing but the first line is in the way.</summary>
    private string HeaderAdvice(int[] faulty)
        => _names is null && _reading.HasHeader is null && _reading.HeaderOption is { } option
            && faulty.All(column => _survey.Columns[column].Faults == 1 && _survey.FirstCells[column].Kind == CsvCellKind.Text)
            ? $" If the first line is the header, use {option} yes."
            : "";

    /// <summary>Refuses commas that may stand for decimals or for thousands.</summary>
    private void RequireClearCommas(int[] columns)
    {
        int[] commas = [.. columns.Where(column => _survey.Columns[column].Comma is not null)];
        if (commas.Length == 0)
        {
            return;
        }

        (long line, string cell) = _survey.Columns[commas[0]].Comma!.Value;
        string place = Invariant($"'{_source.Path}', line {line}, column {NameOf(commas[0])}: '{cell}'");
        if (columns.Select(column => _survey.Columns[column].Point).FirstOrDefault(point => point is not null) is { } point)
        {
            throw new DiffusionException(
                $"{place} has a comma, and '{point.Text}' in line {point.Line} has a point; the decimal separator is ambiguous. "
                    + $"Use the same separator in all numbers.");
        }

        if (!commas.Any(column => _survey.Columns[column].IsCommaCertain))
        {
            throw new DiffusionException(
                $"{place} can mean {cell.Replace(',', '.')} or {cell.Replace(",", "", StringComparison.Ordinal)}. "
                    + $"Write decimals with a point, and thousands without a separator.");
        }

        _remarks.Add($"Commas in numbers are decimal commas: '{cell}' is read as {cell.Replace(',', '.')}.");
    }

    private double[] ReadNumbers(int[] columns)
    {
        double[] values = new double[_survey.Rows * columns.Length];
        int next = 0;
        _source.Read(csv =>
        {
            for (bool isFirst = true; CsvSource.Next(csv, _source.Path); isFirst = false)
            {
                if (isFirst && _names is not null)
                {
                    continue;
                }

                foreach (int column in columns)
                {
                    CsvCell cell = csv.FieldCount == _survey.Columns.Length ? CsvCell.Parse(csv.GetSpan(column)) : default;
                    _source.RequireUnchanged(cell.IsNumber && next < values.Length);
                    values[next++] = cell.Value;
                }
            }
        });
        return values;
    }

    private string DescribeFirstLine()
        => _names is null && _survey.FirstCells.All(cell => cell.Kind == CsvCellKind.Whole && CsvColumn.IsYear(cell.Value))
            ? CsvHeader.DescribeYears(_survey.FirstWords, _reading.HeaderOption)
            : CsvHeader.Describe(_names, _reading.HeaderOption);

    private string NameOf(int column) => _names is not null ? _names[column] : (column + 1).ToString(CultureInfo.InvariantCulture);

    private static DiffusionException NoPoints(string path) => new($"'{path}' has no rows; at least 1 row of numbers is required.");
}
