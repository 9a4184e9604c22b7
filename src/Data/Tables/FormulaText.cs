using System.Globalization;

namespace Diffusion.Data.Tables;

/// <summary>Text that a spreadsheet would compute, and how it is written so that none does: behind an apostrophe.</summary>
internal static class FormulaText
{
    /// <summary>A spreadsheet computes what begins with one of these.</summary>
    private const string Starts = "=+-@\t\r";

    /// <summary>A spreadsheet shows what begins with it as text.</summary>
    public const char TextMark = '\'';

    /// <summary>A cell as it is written: what a spreadsheet would compute begins with an apostrophe, as does what would be taken for such a
    /// cell. A number is not computed.</summary>
    public static string Escape(string cell) => IsComputed(cell) ? TextMark + cell : cell;

    /// <summary>A cell as it was before it was written.</summary>
    public static ReadOnlySpan<char> Unescape(ReadOnlySpan<char> cell) => IsMarked(cell) && IsComputed(cell) ? cell[1..] : cell;

    /// <summary>Whether a text begins with an apostrophe.</summary>
    public static bool IsMarked(ReadOnlySpan<char> text) => text.StartsWith(TextMark);

    /// <summary>Whether a text begins like a formula, behind any apostrophes.</summary>
    public static bool IsFormula(ReadOnlySpan<char> text)
        => text.TrimStart(TextMark) is [var start, ..] && Starts.Contains(start, StringComparison.Ordinal);

    private static bool IsComputed(ReadOnlySpan<char> cell)
    {
        bool isNumber = double.TryParse(cell.TrimStart(TextMark), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value);
        return IsFormula(cell) && !isNumber;
    }
}
