namespace Diffusion.Data.Tables;

/// <summary>The first line of a .csv file: whether it names the columns, and how names are written.</summary>
internal static class CsvHeader
{
    /// <summary>What pandas calls the column of its row numbers in some files.</summary>
    private const string UnnamedColumn = "Unnamed: 0";

    /// <summary>More names are not listed in a remark.</summary>
    private const int MostNames = 12;

    private const string NoHeader = "There is no header; the first line is read as data";

    /// <summary>The fewest rows that say how numbers in the first line differ from all others.</summary>
    private const int FewestRows = 2;

    /// <summary>A name as it is written: what a spreadsheet would compute begins with an apostrophe, as does what would be taken for such a
    /// name.</summary>
    public static string Escape(string name) => FormulaText.IsFormula(name) ? FormulaText.TextMark + name : name;

    /// <summary>A name as it was before it was written.</summary>
    public static string Unescape(string name)
        => FormulaText.IsMarked(name) && FormulaText.IsFormula(name) ? name[1..] : name;

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

        if (IsRowNumber(survey.FirstWords, survey.Rows, survey.Columns[0].CountsRows)
            && survey.FirstCells.Any(cell => cell.Kind != CsvCellKind.Missing))
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

    /// <summary>Says what the first line was taken for.</summary>
    /// <param name="names">The names of the columns; null where the first line was taken for data.</param>
    /// <param name="option">What the caller calls the choice, set to yes or no; or null.</param>
    public static string Describe(IReadOnlyList<string>? names, string? option)
    {
        return names is not null
            ? $"The first line is read as the header: {List(names)}{Overrule("no", "reads it as data")}."
            : $"{NoHeader}{Overrule("yes", "reads it as the header")}.";

        string Overrule(string word, string effect) => option is null ? "" : $" ({option} {word} {effect})";
    }

    /// <summary>Says that a first line of years was taken for data.</summary>
    /// <param name="words">The first line.</param>
    /// <param name="option">What the caller calls the choice, set to yes or no; or null.</param>
    public static string DescribeYears(IReadOnlyList<string> words, string? option)
        => $"{NoHeader}. If {List(words)} are column names, {(option is null ? "read it as the header" : $"use {option} yes")}.";

    /// <summary>Says that a first column of row numbers was left out.</summary>
    /// <param name="option">What the caller calls the choice of columns, or null.</param>
    public static string DescribeRowNumbers(string? option)
        => $"The first column has no name and counts the rows; it is skipped{(option is null ? "" : $" unless {option} includes it")}.";

    /// <summary>Whether the first column is one of row numbers that nobody has named, as pandas and R write it.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="countsRows">Whether the first column counts them.</param>
    public static bool IsRowNumber(IReadOnlyList<string> names, long rows, bool countsRows)
        => names.Count > 1 && rows >= FewestRows && names[0] is "" or UnnamedColumn && countsRows;

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

    private static string List(IReadOnlyList<string> words)
        => string.Join(", ", words.Take(MostNames)) + (words.Count > MostNames ? ", …" : "");
}
