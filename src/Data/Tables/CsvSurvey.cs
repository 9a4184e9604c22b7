using CsvHelper;

namespace Diffusion.Data.Tables;

/// <summary>What there is in a .csv file: its first line, and what is known of each column once all other lines have been seen.</summary>
internal sealed class CsvSurvey
{
    private readonly long _firstLine;

    private CsvSurvey(CsvReader csv)
    {
        _firstLine = csv.LineNumber;
        FirstWords = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        Columns = [.. FirstWords.Select(_ => new CsvColumn())];
        HasDecimalCommas = CsvSource.AllowsDecimalCommas(csv);
        FirstCells = [.. Enumerable.Range(0, csv.FieldCount).Select(column => Parse(csv, column))];
    }

    /// <summary>The first line as text.</summary>
    public IReadOnlyList<string> FirstWords { get; }

    /// <summary>The cells of the first line.</summary>
    public IReadOnlyList<CsvCell> FirstCells { get; }

    /// <summary>The columns, without the first line unless <see cref="TakeFirstLineAsData"/> was called.</summary>
    public CsvColumn[] Columns { get; }

    /// <summary>The number of lines with cells, without the first unless <see cref="TakeFirstLineAsData"/> was called.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether a comma in a cell can be a decimal comma.</summary>
    public bool HasDecimalCommas { get; }

    /// <summary>Goes through all lines of a file.</summary>
    /// <returns>What there is, or null where there is no line.</returns>
    /// <exception cref="DiffusionException">A line has more or fewer cells than the first.</exception>
    public static CsvSurvey? Make(CsvSource source)
    {
        CsvSurvey? survey = null;
        source.Read(csv =>
        {
            while (CsvSource.Next(csv, source.Path))
            {
                if (survey is null)
                {
                    survey = new(csv);
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
        for (int column = 0; column < Columns.Length; column++)
        {
            Columns[column].AddFirst(FirstCells[column], _firstLine, FirstWords[column]);
        }
    }

    private void Add(CsvReader csv, string path)
    {
        CsvSource.RequireWidth(csv, Columns.Length, path);
        for (int column = 0; column < Columns.Length; column++)
        {
            Columns[column].Add(Parse(csv, column), csv, column, Rows);
        }

        Rows++;
    }

    private CsvCell Parse(CsvReader csv, int column)
    {
        CsvCell cell = CsvCell.Parse(csv.GetSpan(column));
        return cell.Kind >= CsvCellKind.Comma && !HasDecimalCommas ? new CsvCell(CsvCellKind.Text, 0) : cell;
    }
}
