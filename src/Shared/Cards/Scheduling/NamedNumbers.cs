using System.Text;
using System.Text.RegularExpressions;

namespace Diffusion.Cards;

/// <summary>Reads the JSON that Python writes, which has names for numbers that JSON has no notation for.</summary>
internal static partial class NamedNumbers
{
    /// <summary>Some editors begin a file with it; JSON does not allow it.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Puts NaN, Infinity and -Infinity into quotes, in which JSON allows them, and leaves out a byte order mark.</summary>
    /// <param name="json">UTF-8.</param>
    public static byte[] Quote(ReadOnlySpan<byte> json)
        => Encoding.UTF8.GetBytes(StringOrName().Replace(
            Encoding.UTF8.GetString(json).TrimStart(ByteOrderMark),
            match => match.Groups["name"].Success ? $"\"{match.Value}\"" : match.Value));

    /// <summary>A text in quotes, so that names within it are left alone, or a name.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|(?<name>-?Infinity|NaN)
        """)]
    private static partial Regex StringOrName();
}
