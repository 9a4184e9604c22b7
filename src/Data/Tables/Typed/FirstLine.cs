using Diffusion.Data.Tables.Typed.Formats;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Decides whether the first line of a file names the columns.</summary>
internal static class FirstLine
{
    /// <summary>
    /// Returns whether the first line is a header, judged by the whole file: it is if a column of numbers or times begins with a word of
    /// another kind. If there is no such column, or its first cell is missing, the first cells of the columns of text decide: they must all
    /// be different texts, and none may occur again in its column.
    /// </summary>
    public static bool IsHeader(TableSurvey survey)
    {
        ColumnSurvey[] deciding = [.. survey.Columns.Where(column => column.IsUniform && !column.IsFirstMissing)];
        return CsvHeader.IsRowNumber(survey.FirstWords, survey.Rows, survey.Columns[0].CountsRows)
            || (deciding.Length > 0
                ? !deciding.All(column => column.IsFirstLikeOthers)
                : AreNames([.. survey.Columns.Where(column => !column.IsUniform)]));
    }

    private static bool AreNames(ColumnSurvey[] columns)
        => columns.Length > 0
            && columns.Select(column => column.First).Distinct().Count() == columns.Length
            && columns.All(column => !column.IsFirstMissing && !column.RepeatsFirst && !IsNumberOrTime(column.First));

    private static bool IsNumberOrTime(string word) => new NumberGuess().Fits(word.Trim()) || new TimeGuess().Fits(word.Trim());
}
