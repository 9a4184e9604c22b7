namespace Diffusion.Files;

/// <summary>The first line of a .csv file: whether it names the columns, and how names are written.</summary>
internal static class CsvHeader
{
    /// <summary>A spreadsheet computes what begins with one of these.</summary>
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>A spreadsheet shows what begins with it as text.</summary>
    private const char TextMark = '\'';

    /// <summary>What pandas calls the column of its row numbers in some files.</summary>
    private const string UnnamedColumn = "Unnamed: 0";

    /// <summary>The fewest rows that say how numbers in the first line differ from all others.</summary>
    private const int FewestRows = 2;

    /// <summary>A name as it is written: what a spreadsheet would compute begins with an apostrophe, as does what would be taken for such a
    /// name.</summary>
    public static string Escape(string name) => StartsFormula(name.AsSpan().TrimStart(TextMark)) ? TextMark + name : name;

    /// <summary>A name as it was before it was written.</summary>
    public static string Unescape(string name)
        => name.StartsWith(TextMark) && StartsFormula(name.AsSpan().TrimStart(TextMark)) ? name[1..] : name;

    /// <summary>
    /// Whether the first line is a header by the whole file: above every column of numbers stands a name. A name is a text, or one of at
    /// least two different whole numbers each of which is unlike all numbers of its column (<see cref="CsvColumn.IsUnlike"/>).
    /// A missing value is neither name nor number.
    /// </summary>
    /// <param name="survey">The file.</param>
    /// <param name="numbersCanBeNames">Whether numbers can be names at all.</param>
    public static bool IsHeader(CsvSurvey survey, bool numbersCanBeNames)
    {
        int[] columns = [.. Enumerable.Range(0, survey.Columns.Length).Where(column => survey.Columns[column].IsOfNumbers)];
        if (columns.Length == 0)
        {
            return survey.FirstCells.All(cell => !cell.IsNumber) && survey.FirstCells.Any(cell => cell.Kind == CsvCellKind.Text);
        }

        double[] numbers = [.. columns.Select(column => survey.FirstCells[column]).Where(cell => cell.IsNumber).Select(cell => cell.Value)];
        bool areNames = numbers.Length == 0
            || (numbersCanBeNames && survey.Rows >= FewestRows && numbers.Distinct().Count() == numbers.Length
                && columns.All(column => !survey.FirstCells[column].IsNumber || IsName(survey, column)));
        int texts = columns.Count(column => survey.FirstCells[column].Kind == CsvCellKind.Text);
        return areNames && (texts > 0 || numbers.Length >= 2);
    }

    /// <summary>The names of the columns; one that is there already is numbered, from 2.</summary>
    /// <param name="words">The first line.</param>
    /// <param name="remarks">Is told which names were changed.</param>
    public static string[] Names(IReadOnlyList<string> words, ICollection<string> remarks)
    {
        string[] names = new string[words.Count];
        HashSet<string> taken = [.. words.Select(Unescape)];
        HashSet<string> used = [];
        for (int column = 0; column < names.Length; column++)
        {
            names[column] = Unescape(words[column]);
            if (!used.Add(names[column]))
            {
                string repeated = names[column];
                int number = 2;
                while (!taken.Add(FormattableString.Invariant($"{repeated}_{number}")))
                {
                    number++;
                }

                names[column] = FormattableString.Invariant($"{repeated}_{number}");
                remarks.Add(FormattableString.Invariant(
                    $"Column {column + 1} repeats the name '{repeated}'; it is renamed to '{names[column]}'."));
            }
        }

        return names;
    }

    /// <summary>Whether the first column is one of row numbers that nobody has named, as pandas and R write it.</summary>
    public static bool IsRowNumber(IReadOnlyList<string> names, CsvSurvey survey)
        => names.Count > 1 && survey.Rows >= FewestRows && names[0] is "" or UnnamedColumn && survey.Columns[0].CountsRows;

    private static bool IsName(CsvSurvey survey, int column)
        => survey.FirstCells[column].Kind == CsvCellKind.Whole && survey.Columns[column].IsUnlike(survey.FirstCells[column].Value);

    private static bool StartsFormula(ReadOnlySpan<char> text)
        => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal);
}
