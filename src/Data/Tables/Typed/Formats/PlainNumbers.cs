using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed.Formats;

/// <summary>Numbers that are no text in their file, and how they stand in one of text.</summary>
internal static class PlainNumbers
{
    /// <summary>Below it every whole number is a double: 2⁵³.</summary>
    public const double LargestExact = 1L << 53;

    /// <summary>More decimals are those of measured or computed numbers, which are not rounded.</summary>
    public const int MostPlaces = 6;

    /// <summary>Longer than every double.</summary>
    private const int LongestNumber = 32;

    /// <summary>Returns the format of the shortest texts that are read back as the same numbers.</summary>
    /// <param name="values">The numbers; NaN where a cell is missing.</param>
    public static DecimalFormat FormatOf(double[] values)
    {
        if (Array.TrueForAll(values, value => double.IsNaN(value) || (value == Math.Floor(value) && Math.Abs(value) <= LargestExact)))
        {
            return new DecimalFormat { Places = 0 };
        }

        NumberReading reading = new(new DecimalFormat());
        Span<char> text = stackalloc char[LongestNumber];
        foreach (double value in values)
        {
            if (double.IsFinite(value) && value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture))
            {
                reading = reading.With(text[..length]) ?? reading;
                if (reading.Complete().Places is null)
                {
                    break;
                }
            }
        }

        return reading.Complete() with { IsPadded = false };
    }
}
