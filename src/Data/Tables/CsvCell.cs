using System.Globalization;
using System.Text;

namespace Diffusion.Data.Tables;

/// <summary>What a cell of a .csv file is.</summary>
internal enum CsvCellKind
{
    /// <summary>Empty, or a word that stands for a missing value, such as NA.</summary>
    Missing,

    /// <summary>Neither a finite number nor missing.</summary>
    Text,

    /// <summary>A number of digits alone, with or without a sign.</summary>
    Whole,

    /// <summary>A number with a point or an exponent.</summary>
    Decimal,

    /// <summary>A number with a decimal comma, such as 2,25.</summary>
    Comma,

    /// <summary>1,234: a number with a decimal comma, or one with a comma between its thousands.</summary>
    CommaOrThousands,
}

/// <summary>A cell of a .csv file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its number; 0 if it is not a number.</param>
internal readonly record struct CsvCell(CsvCellKind Kind, double Value)
{
    private const int GroupLength = 3;
    private const int LongestMissing = 4;

    /// <summary>Up to here every whole number is a double: 2⁵³.</summary>
    private const double LargestExact = 1L << 53;

    private static readonly HashSet<string> MissingWords = new(
        StringComparer.OrdinalIgnoreCase) { "nan", "na", "n/a", "#n/a", "null", "none", "?", "-", "." };

    public bool IsNumber => Kind > CsvCellKind.Text;

    /// <summary>Whether it is a whole number that double precision cannot hold exactly.</summary>
    public bool IsRounded { get; private init; }

    /// <summary>Reads a cell; decimal commas are understood whether or not the file turns out to have them.</summary>
    public static CsvCell Parse(ReadOnlySpan<byte> text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return !double.IsFinite(value) ? new(double.IsNaN(value) ? CsvCellKind.Missing : CsvCellKind.Text, 0)
                : text.ContainsAny(".eE"u8) ? new(CsvCellKind.Decimal, value)
                : new(CsvCellKind.Whole, value) { IsRounded = Math.Abs(value) >= LargestExact && !IsExact(text, value) };
        }

        int comma = text.IndexOf((byte)',');
        return text.IsEmpty || IsMissingWord(text) ? new(CsvCellKind.Missing, 0)
            : comma >= 0 && TryParseComma(text, comma, out value)
                ? new(IsGrouped(text, comma) ? CsvCellKind.CommaOrThousands : CsvCellKind.Comma, value)
            : new(CsvCellKind.Text, 0);
    }

    /// <summary>Whether the digits of a whole number are all those of a double.</summary>
    private static bool IsExact(ReadOnlySpan<byte> text, double value)
    {
        string digits = Math.Abs(value).ToString("F0", CultureInfo.InvariantCulture);
        return text.Trim(" \t\r\n\v\f"u8).TrimStart("+-"u8).TrimStart((byte)'0').SequenceEqual(Encoding.ASCII.GetBytes(digits));
    }

    private static bool IsMissingWord(ReadOnlySpan<byte> text)
        => text.Length <= LongestMissing && MissingWords.Contains(Encoding.UTF8.GetString(text));

    private static bool TryParseComma(ReadOnlySpan<byte> text, int comma, out double value)
    {
        byte[] pointed = text.ToArray();
        pointed[comma] = (byte)'.';
        return double.TryParse(pointed, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Whether one to three digits, the first not 0, stand before the comma and three behind it.</summary>
    private static bool IsGrouped(ReadOnlySpan<byte> text, int comma)
    {
        ReadOnlySpan<byte> before = text[..comma].TrimStart("+-"u8);
        ReadOnlySpan<byte> behind = text[(comma + 1)..];
        return before.Length is >= 1 and <= GroupLength && before[0] != '0' && behind.Length == GroupLength
            && !before.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !behind.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
