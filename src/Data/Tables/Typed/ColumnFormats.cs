using Diffusion.Data.Tables.Typed.Formats;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Decides how the cells of each column stand: numbers, times, or text.</summary>
/// <param name="surveys">What is known of the cells of each column of the file.</param>
/// <param name="separator">What separates the columns in a text file; null in others.</param>
internal sealed class ColumnFormats(IReadOnlyList<ColumnSurvey> surveys, char? separator = null)
{
    private const char Comma = ',', Semicolon = ';';

    private readonly bool _hasCommas = surveys.Any(column => column.Numbers is { IsIdentifier: false, HasCertainCommas: true });
    private readonly bool _hasPoints = surveys.Any(column => column.Numbers is { IsIdentifier: false, HasCertainPoints: true });

    /// <summary>Whether a column has the type that is asked for, if one is.</summary>
    public bool HasType(ColumnRequest column) => column.Asked switch
    {
        ColumnType.Number => surveys[column.Position].Numbers is not null,
        ColumnType.Date => surveys[column.Position].Times is not null,
        _ => true,
    };

    /// <summary>How the cells of a column stand; null for text.</summary>
    public CellFormat? Choose(ColumnRequest column)
    {
        ColumnSurvey cells = surveys[column.Position];
        return column.Asked switch
        {
            ColumnType.Number => ChooseNumber(cells.Numbers!),
            ColumnType.Date => cells.Times!.Format,
            ColumnType.Id or ColumnType.Text => null,
            _ => !cells.HasPresent || cells.Numbers is { IsIdentifier: true } ? null
                : cells.Numbers is not null ? ChooseNumber(cells.Numbers)
                : cells.Times?.Format,
        };
    }

    /// <summary>What a user should know of the formats, a sentence each.</summary>
    public IEnumerable<string> Remarks(IReadOnlyList<ColumnRequest> columns)
    {
        foreach (ColumnRequest column in columns)
        {
            ColumnSurvey cells = surveys[column.Position];
            CellFormat? format = Choose(column);
            if (format is DecimalFormat && cells.Numbers is { IsAmbiguous: true, Ambiguous: { } number } numbers)
            {
                string point = Plain(numbers.Choose(prefersCommas: false), number);
                string comma = Plain(numbers.Choose(prefersCommas: true), number);
                string read = Plain((DecimalFormat)format, number);
                yield return $"Column {column.Name}: '{number}' can mean {point} or {comma}; it is read as {read}.";
            }
            else if (format is DecimalFormat { Separator: Comma, Decimals: not 0 })
            {
                yield return $"Column {column.Name}: commas are decimal commas.";
            }
            else if (format is TimeFormat && cells.Times is { Ambiguous: { } time, PutsMonthFirst: var isMonthFirst })
            {
                yield return $"Column {column.Name}: in '{time}' the month can stand before the day or behind it; "
                    + $"it is read as standing {(isMonthFirst ? "before" : "behind")} it.";
            }
        }
    }

    private DecimalFormat ChooseNumber(NumberGuess numbers) => numbers.Choose(PrefersCommas(numbers));

    /// <summary>
    /// Whether decimals are separated by commas where they can be: as they are in other columns; where other columns say nothing, in files
    /// separated by semicolons, as spreadsheets write them where commas separate decimals.
    /// </summary>
    private bool PrefersCommas(NumberGuess numbers)
        => !_hasPoints
            && (_hasCommas || (separator == Semicolon && numbers.Ambiguous?.Contains(Comma, StringComparison.Ordinal) == true));

    private static string Plain(DecimalFormat format, string cell)
    {
        _ = format.TryParse(cell, out double value);
        return new DecimalFormat().Print(value);
    }
}
