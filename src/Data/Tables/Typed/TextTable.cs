using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>
/// Reads separated values as a table. The file is read twice: once to decide by all of its lines what the first one is, and what each
/// column is, and once for the cells.
/// </summary>
internal sealed class TextTable
{
    private readonly CsvSource _source;
    private readonly TableSurvey _survey;
    private readonly TableFileOptions _options;
    private readonly MissingMarks _marks;
    private readonly List<string> _remarks;
    private readonly string[]? _names;

    private TextTable(CsvSource source, TableSurvey survey, TableFileOptions options, MissingMarks marks)
    {
        (_source, _survey, _options, _marks, _remarks) = (source, survey, options, marks, [.. source.Remarks]);
        bool isHeader = options.HasHeader
            ?? (options.IsNamedIn([.. survey.FirstWords.Select(CsvHeader.Unescape)]) || FirstLine.IsHeader(survey));
        if (isHeader)
        {
            _names = CsvHeader.Names(survey.FirstWords, _remarks);
        }
        else
        {
            survey.TakeFirstLineAsData();
        }

        if (survey.ShortLines > 0)
        {
            _remarks.Add(
                Invariant($"{survey.ShortLines} {(survey.ShortLines == 1 ? "line has" : "lines have")} fewer than ")
                    + Invariant($"{survey.Columns.Count} cells, first line {survey.FirstShortLine}: ")
                    + "the others count as missing.");
        }

        if (options.HasHeader is null)
        {
            _remarks.Add(CsvHeader.Describe(_names, options.HeaderOption));
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DiffusionException">The file is empty, has lines with more cells than the first, lacks a column, or a column does
    /// not have the type asked for.</exception>
    public static TableFileContent Read(CsvSource source, TableFileOptions options)
    {
        MissingMarks marks = new(options.MissingTexts);
        TableSurvey survey = TableSurvey.Make(source, marks) ?? throw NoRows(source.Path);
        return new TextTable(source, survey, options, marks).Read();
    }

    private TableFileContent Read()
    {
        ColumnRequest[] columns = FindColumns();
        if (_survey.Rows == 0)
        {
            throw NoRows(_source.Path);
        }

        if (_survey.Rows > Array.MaxLength)
        {
            throw new DiffusionException(
                $"'{_source.Path}' has {_survey.Rows} rows; at most {Array.MaxLength} can be read. Split the file.");
        }

        ColumnFormats formats = new(_survey.Columns, _survey.Separator);
        ColumnRequest[] faulty = [.. columns.Where(column => !formats.HasType(column))];
        if (faulty.Length > 0)
        {
            throw TypeFault.Describe(_source, _names is not null, _marks, faulty, _options.TypesOption);
        }

        ColumnFiller[] fillers = [.. columns.Select(column => CreateFiller(column, formats.Choose(column)))];
        _remarks.AddRange(formats.Remarks(columns));
        Fill(columns, fillers);
        return new TableFileContent(
            new Table([.. fillers.Select(filler => filler.Complete())], _names is not null), _source.Sha256, _remarks)
        {
            Types = ColumnRequest.TypesOf(columns),
        };
    }

    /// <summary>The columns to read, where one that only counts the rows may be left out.</summary>
    private ColumnRequest[] FindColumns()
    {
        int count = _survey.Columns.Count;
        if (_names is null || !CsvHeader.IsRowNumber(_names, _survey.Rows, _survey.Columns[0].CountsRows)
            || !_options.Columns.LeavesOutRowNumbers(_names[0], count))
        {
            return ColumnRequest.Find(_options, _names, count, _source.Path);
        }

        _remarks.Add(CsvHeader.DescribeRowNumbers(_options.ColumnsOption));
        return [.. ColumnRequest.Find(_options, _names[1..], count - 1, _source.Path)
            .Select(column => column with { Position = column.Position + 1 })];
    }

    private ColumnFiller CreateFiller(ColumnRequest column, CellFormat? format)
    {
        string missing = _survey.Columns[column.Position].MissingText;
        return format is null
            ? new ColumnFiller.Texts(column.Name, missing, (int)_survey.Rows)
            : new ColumnFiller.Numbers(column.Name, missing, (int)_survey.Rows, format);
    }

    private void Fill(ColumnRequest[] columns, ColumnFiller[] fillers)
    {
        CellBuffer buffer = new();
        long row = _names is null ? 0 : -1;
        _source.Read(csv =>
        {
            for (; CsvSource.Next(csv, _source.Path); row++)
            {
                if (row < 0)
                {
                    continue;
                }

                _source.RequireUnchanged(row < _survey.Rows && csv.FieldCount <= _survey.Columns.Count);
                for (int k = 0; k < columns.Length; k++)
                {
                    ReadOnlySpan<char> cell = buffer.Read(csv, columns[k].Position);
                    if (_marks.Contains(cell.Trim()))
                    {
                        fillers[k].AddMissing();
                    }
                    else
                    {
                        _source.RequireUnchanged(fillers[k].TryAdd(cell));
                    }
                }
            }
        });
    }

    private static DiffusionException NoRows(string path) => new($"'{path}' has no rows; at least 1 row is required.");
}
