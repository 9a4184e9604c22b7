using CsvHelper;

namespace Diffusion.Data.Tables.Typed;

/// <summary>What there is in a file: its first line, and what is known of each column once all other lines have been seen.</summary>
internal sealed class TableSurvey
{
    private readonly CellBuffer _buffer = new();

    private TableSurvey(CsvReader csv, MissingMarks marks)
    {
        FirstWords = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        Columns = [.. FirstWords.Select(word => new ColumnSurvey(word, marks))];
        Separator = csv.Separator;
    }

    /// <summary>Gets the first line.</summary>
    public IReadOnlyList<string> FirstWords { get; }

    /// <summary>Gets the columns, without the first line unless <see cref="TakeFirstLineAsData"/> was called.</summary>
    public IReadOnlyList<ColumnSurvey> Columns { get; }

    /// <summary>Gets the number of lines with cells, without the first unless <see cref="TakeFirstLineAsData"/> was called.</summary>
    public long Rows { get; private set; }

    /// <summary>Gets the number of lines with fewer cells than the first: some programs leave out empty cells at the end.</summary>
    public long ShortLines { get; private set; }

    /// <summary>Gets the 1-based number of the first such line; 0 if there are none.</summary>
    public long FirstShortLine { get; private set; }

    /// <summary>Gets what separates the columns.</summary>
    public char Separator { get; }

    /// <summary>Goes through all lines of a file.</summary>
    /// <returns>What there is, or null where there is no line.</returns>
    /// <exception cref="DiffusionException">A line has more cells than the first.</exception>
    public static TableSurvey? Make(CsvSource source, MissingMarks marks)
    {
        TableSurvey? survey = null;
        source.Read(csv =>
        {
            while (CsvSource.Next(csv, source.Path))
            {
                if (survey is null)
                {
                    survey = new(csv, marks);
                }
                else
                {
                    survey.Add(csv, source.Path);
                }
            }
        });
        return survey;
    }

    /// <summary>Counts the first line among the rows.</summary>
    public void TakeFirstLineAsData()
    {
        Rows++;
        foreach (ColumnSurvey column in Columns)
        {
            column.AddFirst();
        }
    }

    private void Add(CsvReader csv, string path)
    {
        if (csv.FieldCount < Columns.Count)
        {
            FirstShortLine = ShortLines++ == 0 ? csv.LineNumber : FirstShortLine;
        }
        else
        {
            CsvSource.RequireWidth(csv, Columns.Count, path);
        }

        for (int column = 0; column < Columns.Count; column++)
        {
            Columns[column].Add(_buffer.Read(csv, column), Rows);
        }

        Rows++;
    }
}
