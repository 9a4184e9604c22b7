using Diffusion.Data.Tables.Typed.Formats;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Decides whether the first line of a file names the columns.</summary>
internal static class FirstLine
{
    /// <summary>
    /// Whether the first line is a header by the whole file: above a column of numbers or times stands a word that is none of them. Where
    /// all columns are text, all words are different, none is missing, a number or a time, and none occurs again in its column.
    /// </summary>
    public static bool IsHeader(TableSurvey survey)
        => CsvHeader.IsRowNumber(survey.FirstWords, survey.Rows, survey.Columns[0].CountsRows)
            || (survey.Columns.Any(column => column.IsUniform)
                ? survey.Columns.Any(column => column.IsUniform && !column.IsFirstLikeOthers)
                : survey.FirstWords.Distinct().Count() == survey.FirstWords.Count
                    && survey.Columns.All(column => !column.IsFirstMissing && !column.RepeatsFirst)
                    && !survey.FirstWords.Any(IsNumberOrTime));

    private static bool IsNumberOrTime(string word) => new NumberGuess().Fits(word.Trim()) || new TimeGuess().Fits(word.Trim());
}
