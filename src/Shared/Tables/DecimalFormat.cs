using System.Globalization;

namespace Diffusion.Tables;

/// <summary>Numbers, among them amounts of money and percentages: "1,234.50", "$ 12", "12,5 %".</summary>
public sealed record DecimalFormat : CellFormat
{
    /// <summary>The largest number of decimals; beyond it a double has no more.</summary>
    public const int MostDecimals = 15;

    private const int GroupLength = 3;

    /// <summary>Longer numbers are rare, and take an array.</summary>
    private const int LongestOnStack = 64;

    private const NumberStyles Digits = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] Rounded = [.. Enumerable.Range(0, MostDecimals + 1).Select(places => Invariant($"F{places}"))];

    /// <inheritdoc/>
    public override int? Decimals => Places;

    /// <summary>Gets the number of decimals that numbers are rounded to, from 0 to 15; null, the default, where they are not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not between 0 and 15.</exception>
    public int? Places
    {
        get;
        init
        {
            if (value is < 0 or > MostDecimals)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Places), value, Invariant($"The number of decimals must be between 0 and {MostDecimals}; was {value}."));
            }

            field = value;
        }
    }

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
        ReadOnlySpan<char> number = Strip(text, out bool isNegative);
        if (number.IsEmpty || (!char.IsAsciiDigit(number[0]) && number[0] != Separator) || !HasPlainGroups(number)
            || !TryParseDigits(number, out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        return double.IsFinite(value);
    }

    /// <inheritdoc/>
    public override string Print(double value)
    {
        string digits = Math.Abs(value).ToString(Places is { } places ? Rounded[places] : "R", CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? digits : digits[..point];
        string fraction = point < 0 ? "" : digits[(point + 1)..];
        fraction = Places is null || IsPadded ? fraction : fraction.TrimEnd('0');
        bool isNegative = value < 0 && digits.Any(digit => digit is >= '1' and <= '9');
        string decimals = fraction.Length > 0 ? Separator + fraction : "";
        return $"{(isNegative ? "-" : "")}{Prefix}{Grouped(whole)}{decimals}{Suffix}";
    }

    /// <summary>Returns what stands between prefix and suffix, without its sign; nothing if they are not there.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="isNegative">Receives whether the sign is a minus.</param>
    internal ReadOnlySpan<char> Strip(ReadOnlySpan<char> text, out bool isNegative)
    {
        ReadOnlySpan<char> rest = text;
        isNegative = TakeSign(ref rest);
        bool hasSign = rest.Length < text.Length;
        if (!rest.StartsWith(Prefix) || !rest.EndsWith(Suffix) || rest.Length < Prefix.Length + Suffix.Length)
        {
            return [];
        }

        rest = rest[Prefix.Length..^Suffix.Length];
        isNegative = isNegative || (!hasSign && TakeSign(ref rest));
        return rest;
    }

    /// <summary>Takes a sign from the beginning.</summary>
    /// <returns>Whether it is a minus.</returns>
    private static bool TakeSign(ref ReadOnlySpan<char> text)
    {
        bool isNegative = text.StartsWith("-");
        text = isNegative || text.StartsWith("+") ? text[1..] : text;
        return isNegative;
    }

    /// <summary>Whether group separators, where there are any, cut the whole part into groups of three digits, the first not a 0.</summary>
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

        return whole is [not '0', ..] && (end < 0 || !number[end..].Contains(separator));
    }

    /// <summary>Reads a number without sign, prefix and suffix, whose groups are plain.</summary>
    private bool TryParseDigits(ReadOnlySpan<char> number, out double value)
    {
        if (Separator == '.' && (GroupSeparator is not { } group || !number.Contains(group)))
        {
            return double.TryParse(number, Digits, CultureInfo.InvariantCulture, out value);
        }

        Span<char> plain = number.Length <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[number.Length];
        int length = 0;
        foreach (char character in number)
        {
            if (character == GroupSeparator)
            {
                continue;
            }

            // A point that separates nothing makes it no number.
            plain[length++] = character == Separator ? '.' : character == '.' ? '?' : character;
        }

        return double.TryParse(plain[..length], Digits, CultureInfo.InvariantCulture, out value);
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
