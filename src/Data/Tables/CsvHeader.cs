namespace Diffusion.Data.Tables;

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
    /// least two different whole numbers, each of which is unlike all numbers of its column (<see cref="CsvColumn.IsUnlike"/>). Where they
    /// are the numbers that pandas gives to unnamed columns, it is enough that there are no whole numbers in the column; where they are
    /// not, 0 is no name, as many recordings begin with it. A missing value is neither name nor number, but above a column that counts
    /// the other rows it shows that the first line is not one of these rows.
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

        if (IsRowNumber(survey.FirstWords, survey) && survey.FirstCells.Any(cell => cell.Kind != CsvCellKind.Missing))
        {
            return true;
        }

        int[] numbers = [.. columns.Where(column => survey.FirstCells[column].IsNumber)];
        bool areNames = numbers.Length == 0 || (numbersCanBeNames && survey.Rows >= FewestRows && AreNames(survey, numbers));
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

    /// <summary>Whether the numbers in the first line, above the given columns, are names.</summary>
    private static bool AreNames(CsvSurvey survey, int[] columns)
    {
        double[] values = [.. columns.Select(column => survey.FirstCells[column].Value)];
        bool areColumnNumbers = AreColumnNumbers(survey);
        return values.Distinct().Count() == values.Length
            && columns.All(column => IsName(survey.FirstCells[column], survey.Columns[column], areColumnNumbers));
    }

    private static bool IsName(CsvCell cell, CsvColumn below, bool isColumnNumber)
        => cell.Kind == CsvCellKind.Whole
            && (isColumnNumber ? !below.HasWhole || below.IsUnlike(cell.Value) : cell.Value != 0 && below.IsUnlike(cell.Value));

    /// <summary>Whether the numbers in the first line, those above columns of text included, are 0, 1, 2 … or 1, 2, 3 …</summary>
    private static bool AreColumnNumbers(CsvSurvey survey)
    {
        double[] numbers = [.. survey.FirstCells.Where(cell => cell.IsNumber).Select(cell => cell.Value)];
        return numbers is [0 or 1, ..] && numbers.Select((number, k) => number == numbers[0] + k).All(isNext => isNext);
    }

    private static bool StartsFormula(ReadOnlySpan<char> text)
        => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal);
}
