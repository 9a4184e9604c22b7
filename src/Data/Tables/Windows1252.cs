using System.Text;

namespace Diffusion.Data.Tables;

/// <summary>
/// Decodes Windows-1252, the encoding of Western European spreadsheets: Latin-1, but for the bytes from 0x80 to 0x9F
/// (encoding.spec.whatwg.org, index windows-1252). .NET's own decoder brings the tables of all code pages, which would make the native
/// program a megabyte larger.
/// </summary>
internal sealed class Windows1252 : Encoding
{
    private const int FirstSpecial = 0x80;

    /// <summary>The characters of the bytes from 0x80 to 0x9F; those that are not used stand for control characters.</summary>
    private const string Special =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (int i = 0; i < byteCount; i++)
        {
            int special = bytes[byteIndex + i] - FirstSpecial;
            chars[charIndex + i] = special >= 0 && special < Special.Length ? Special[special] : (char)bytes[byteIndex + i];
        }

        return byteCount;
    }

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
        => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;
}
