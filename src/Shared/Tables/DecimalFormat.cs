using System.Globalization;

namespace Diffusion.Tables;

/// <summary>Numbers, among them amounts of money and percentages: "1,234.50", "$ 12", "12,5 %".</summary>
public sealed record DecimalFormat : CellFormat
{
    /// <summary>The largest number of decimals; beyond it a double has no more.</summary>
    public const int MostDecimals = 15;

    private const int GroupLength = 3;

    /// <inheritdoc/>
    public override int? Decimals => Places;

    /// <summary>Gets the number of decimals that numbers are rounded to, from 0 to 15; null, the default, where they are not.</summary>
    public int? Places { get; init; }

    /// <summary>Gets a value indicating whether zeros fill up all decimals: "12.50"; not by default.</summary>
    public bool IsPadded { get; init; }

    /// <summary>Gets what stands before the digits, such as "$"; nothing by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Gets what stands behind the digits, such as " %"; nothing by default.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Gets what separates the decimals, a point or a comma; a point by default.</summary>
    public char Separator { get; init; } = '.';

    /// <summary>Gets what separates thousands, such as a comma; null, the default, where nothing does.</summary>
    public char? GroupSeparator { get; init; }

    /// <inheritdoc/>
    public override bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        bool isNegative = text.StartsWith("-");
        ReadOnlySpan<char> rest = isNegative || text.StartsWith("+") ? text[1..] : text;
        if (!rest.StartsWith(Prefix) || !rest.EndsWith(Suffix) || rest.Length < Prefix.Length + Suffix.Length)
        {
            return false;
        }

        rest = rest[Prefix.Length..^Suffix.Length];
        if (!isNegative && Prefix.Length > 0 && rest.StartsWith("-"))
        {
            isNegative = true;
            rest = rest[1..];
        }

        if (rest.IsEmpty || (!char.IsAsciiDigit(rest[0]) && rest[0] != Separator) || !HasPlainGroups(rest))
        {
            return false;
        }

        string digits = Plain(rest);
        bool isNumber = double.TryParse(
            digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        value = isNegative ? -value : value;
        return isNumber && double.IsFinite(value);
    }

    /// <inheritdoc/>
    public override string Print(double value)
    {
        double size = Math.Abs(value);
        string digits = Places is { } places && (IsPadded || GroupSeparator is not null)
            ? size.ToString(Invariant($"F{places}"), CultureInfo.InvariantCulture)
            : size.ToString("R", CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? digits : digits[..point];
        string fraction = point < 0 ? "" : digits[(point + 1)..];
        fraction = IsPadded ? fraction : fraction.TrimEnd('0');
        return $"{(value < 0 ? "-" : "")}{Prefix}{Grouped(whole)}{(fraction.Length > 0 ? Separator : "")}{fraction}{Suffix}";
    }

    /// <summary>Whether group separators, where there are any, cut the whole part into groups of three digits.</summary>
    private bool HasPlainGroups(ReadOnlySpan<char> number)
    {
        if (GroupSeparator is not { } separator || !number.Contains(separator))
        {
            return true;
        }

        int end = number.IndexOf(Separator);
        ReadOnlySpan<char> whole = end < 0 ? number : number[..end];
        for (int i = 0; i < whole.Length; i++)
        {
            bool isPlace = i > 0 && (whole.Length - i) % (GroupLength + 1) == 0;
            if (isPlace ? whole[i] != separator : !char.IsAsciiDigit(whole[i]))
            {
                return false;
            }
        }

        return end < 0 || !number[end..].Contains(separator);
    }

    /// <summary>The number with a point and without groups.</summary>
    private string Plain(ReadOnlySpan<char> number)
    {
        string text = number.ToString();
        text = GroupSeparator is { } separator ? text.Replace(separator.ToString(), "", StringComparison.Ordinal) : text;
        return Separator == '.' ? text
            : text.Contains('.', StringComparison.Ordinal) ? "?"
            : text.Replace(Separator, '.');
    }

    private string Grouped(string whole)
    {
        if (GroupSeparator is not { } separator || !whole.All(char.IsAsciiDigit))
        {
            return whole;
        }

        List<string> groups = [];
        for (int end = whole.Length; end > 0; end -= GroupLength)
        {
            groups.Insert(0, whole[Math.Max(0, end - GroupLength)..end]);
        }

        return string.Join(separator, groups);
    }
}
