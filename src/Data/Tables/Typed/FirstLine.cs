using Diffusion.Data.Tables.Typed.Formats;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Decides whether the first line of a file names the columns.</summary>
internal static class FirstLine
{
    /// <summary>
    /// Whether the first line is a header by the whole file: above a column of numbers or times stands a word that is none of them. Where
    /// nothing stands above such columns, or there is none, all words above text are different, none is missing, a number or a time, and
    /// none occurs again in its column.
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
