using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed.Formats;

/// <summary>The cells of a column as numbers with a certain decimal separator, and what is known of them so far.</summary>
/// <param name="Format">Separators, prefix and suffix; without a group separator until there is a cell with one.</param>
internal readonly record struct NumberReading(DecimalFormat Format)
{
    /// <summary>What can separate thousands, if it does not separate decimals: apostrophes and blanks of several kinds too.</summary>
    private const string GroupSeparators = ",.'\u2019 \u00A0\u202F";

    private int? FewestDecimals { get; init; }

    private int MostDecimals { get; init; }

    private bool HasExponent { get; init; }

    private bool EndsInZero { get; init; }

    /// <summary>Whether there are decimals.</summary>
    public bool HasDecimals => MostDecimals > 0;

    /// <summary>Whether a cell has leading zeros, or is a whole number that double precision cannot hold: an identifier.</summary>
    public bool IsIdentifier { get; private init; }

    /// <summary>Takes a cell in.</summary>
    /// <param name="cell">The cell, without white space around it.</param>
    /// <returns>What is known then, or null if the cell is no number of this kind.</returns>
    public NumberReading? With(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> number = Format.Strip(cell, out _);
        char? group = Format.GroupSeparator ?? FindGroup(number);
        DecimalFormat format = group == Format.GroupSeparator ? Format : Format with { GroupSeparator = group };
        if (!format.TryParse(cell, out double value))
        {
            return null;
        }

        int point = number.IndexOf(format.Separator);
        int decimals = point < 0 ? 0 : CountDigits(number[(point + 1)..]);
        bool hasExponent = number.Contains('e') || number.Contains('E');
        bool hasLeadingZero = number.Length > 1 && number[0] == '0' && char.IsAsciiDigit(number[1]);
        return this with
        {
            Format = format,
            FewestDecimals = Math.Min(FewestDecimals ?? decimals, decimals),
            MostDecimals = Math.Max(MostDecimals, decimals),
            HasExponent = HasExponent || hasExponent,
            EndsInZero = EndsInZero || (decimals > 0 && number[point + decimals] == '0'),
            IsIdentifier = IsIdentifier || hasLeadingZero
                || (decimals == 0 && !hasExponent && Math.Abs(value) >= PlainNumbers.LargestExact),
        };
    }

    /// <summary>How the numbers stand in the file, once all are known.</summary>
    public DecimalFormat Complete()
    {
        bool isRounded = !HasExponent && MostDecimals <= PlainNumbers.MostPlaces;
        return Format with
        {
            Places = isRounded ? MostDecimals : null,
            IsPadded = isRounded && HasDecimals && FewestDecimals == MostDecimals && EndsInZero,
        };
    }

    private char? FindGroup(ReadOnlySpan<char> number)
    {
        foreach (char character in number)
        {
            if (character != Format.Separator && GroupSeparators.Contains(character, StringComparison.Ordinal))
            {
                return character;
            }
        }

        return null;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }
}
