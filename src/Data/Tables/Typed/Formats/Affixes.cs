namespace Diffusion.Data.Tables.Typed.Formats;

/// <summary>What stands around the digits of a number: a currency or a percent sign, with or without a blank.</summary>
/// <param name="Prefix">What stands before the digits.</param>
/// <param name="Suffix">What stands behind them.</param>
internal readonly record struct Affixes(string Prefix, string Suffix)
{
    private const string Prefixes = "$€£¥";
    private const string Suffixes = "$€£¥%";
    private const string Signs = "+-";
    private const string Blanks = " \u00A0\u202F";

    /// <summary>Finds what stands around the digits of a cell.</summary>
    public static Affixes Of(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> digits = cell.TrimStart(Signs);
        ReadOnlySpan<char> behind =
            digits.Length > 0 && Prefixes.Contains(digits[0], StringComparison.Ordinal) ? digits[1..].TrimStart(Blanks) : digits;
        ReadOnlySpan<char> before =
            behind.Length > 0 && Suffixes.Contains(behind[^1], StringComparison.Ordinal) ? behind[..^1].TrimEnd(Blanks) : behind;
        return new(digits[..^behind.Length].ToString(), behind[before.Length..].ToString());
    }
}
