using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>
/// Decides what columns of text hold, as in text files: numbers, dates, or text. It is enough to look at each different text.
/// </summary>
internal sealed class TextTyping
{
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly ColumnRequest[] _requests;
    private readonly MissingMarks _marks;
    private readonly ColumnFormats _formats;

    /// <param name="requests">The columns that are read.</param>
    /// <param name="columns">Their cells; those of columns of other types than text stay what they are.</param>
    /// <param name="marks">The texts of missing cells.</param>
    public TextTyping(IReadOnlyList<ColumnRequest> requests, IReadOnlyList<TableColumn> columns, MissingMarks marks)
    {
        (_columns, _marks) = (columns, marks);
        _requests = [.. requests.Select((request, k) => request with { Position = k })];
        _formats = new ColumnFormats([.. columns.Select(Survey)]);
    }

    /// <summary>Refuses columns of text that are said to be numbers or dates and are not.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="option">What the caller calls the types, or null.</param>
    /// <exception cref="DiffusionException">There is one.</exception>
    public void RequireTypes(string path, string? option)
    {
        List<TypeFault> faults = [];
        foreach (ColumnRequest request in _requests.Where(IsOfText).Where(request => !_formats.HasType(request)))
        {
            TypeFault fault = new(request, "row");
            for (int row = 0; row < _columns[request.Position].Count; row++)
            {
                if (CellOf(request.Position, row) is { } cell)
                {
                    fault.Add(cell.AsSpan().Trim(), row + 1);
                }
            }

            faults.Add(fault);
        }

        if (faults.Count > 0)
        {
            throw TypeFault.Describe(path, faults, option);
        }
    }

    /// <summary>Returns the columns, those of text as what their cells are.</summary>
    public TableColumn[] Convert() => [.. _requests.Select(request => IsOfText(request) ? Convert(request) : _columns[request.Position])];

    /// <summary>What a user should know of it, a sentence each.</summary>
    public IEnumerable<string> Remarks() => _formats.Remarks([.. _requests.Where(IsOfText)]);

    private bool IsOfText(ColumnRequest request) => _columns[request.Position] is TextColumn;

    private ColumnSurvey Survey(TableColumn column)
    {
        ColumnSurvey survey = new(first: "", _marks);
        if (column is TextColumn texts)
        {
            for (int k = 0; k < texts.Values.Count; k++)
            {
                survey.Add(texts.Values[k], k);
            }
        }

        return survey;
    }

    private TableColumn Convert(ColumnRequest request)
    {
        TextColumn texts = (TextColumn)_columns[request.Position];
        ColumnFiller filler = _formats.Choose(request) is { } format
            ? new ColumnFiller.Numbers(request.Name, missingText: "", texts.Count, format)
            : new ColumnFiller.Texts(request.Name, missingText: "", texts.Count);
        for (int row = 0; row < texts.Count; row++)
        {
            if (CellOf(request.Position, row) is not { } cell)
            {
                filler.AddMissing();
            }
            else if (filler is ColumnFiller.Texts plain)
            {
                plain.AddText(cell);
            }
            else
            {
                filler.TryAdd(cell);
            }
        }

        return filler.Complete();
    }

    /// <summary>A cell, or null where it is missing.</summary>
    private string? CellOf(int column, int row)
        => ((TextColumn)_columns[column])[row] is { } cell && !_marks.Contains(cell.AsSpan().Trim()) ? cell : null;
}
