using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Diffusion.Fuzz.Tests;

/// <summary>Good inputs, spoilt a little: what parsers stumble over most.</summary>
internal static class Mutation
{
    private const int MostEdits = 8;
    private const int LongestPart = 32;

    /// <summary>Numbers at the ends of their ranges, and what gives text its shape.</summary>
    private static readonly byte[][] Words =
    [
        [0], [0xFF], [0x80], [0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0, 0, 0xC0, 0x7F], [0, 0, 0x80, 0xFF],
        .. new[]
        {
            "-1", "0", "1e999", "-1e-400", "NaN", "Infinity", "99999999999999999999", "null", "true", "[", "]", "{", "}", "\"", "\"\"", "'",
            ",", ":", "\n", "\r\n", " ", "\t", "\\u0000", "..", "/", "é", "\uFEFF", "(", ")", "<f4", "<f8", "True",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Bytes near some good ones.</summary>
    public static Gen<byte[]> Of(params byte[][] good)
        => from start in Gen.Elements(good)
           from edits in Gen.Choose(0, MostEdits).SelectMany(count => Gen.ArrayOf(Bytes, count))
           select edits.Aggregate(start, (bytes, edit) => edit(bytes));

    /// <summary>Texts near some good ones.</summary>
    public static Gen<string> Of(params string[] good)
        => Of(Array.ConvertAll(good, Encoding.UTF8.GetBytes)).Select(Encoding.UTF8.GetString);

    /// <summary>A change of a few bytes.</summary>
    public static Gen<Func<byte[], byte[]>> Bytes
        => from kind in Gen.Choose(0, 6)
           from place in Gen.Choose(0, int.MaxValue - 1)
           from other in Gen.Choose(0, int.MaxValue - 1)
           from word in Gen.Elements(Words)
           select (Func<byte[], byte[]>)(bytes => Apply(bytes, kind, place, other, word));

    private static byte[] Apply(byte[] bytes, int kind, int place, int other, byte[] word)
    {
        int at = place % (bytes.Length + 1);
        int length = Math.Min(1 + (other % LongestPart), bytes.Length - at);
        return kind switch
        {
            0 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (other % 8))), .. bytes[(at + 1)..]],
            1 when at < bytes.Length => [.. bytes[..at], (byte)other, .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => bytes[..at],
            4 => [.. bytes[..at], .. word, .. bytes[at..]],
            5 => [.. bytes[..at], .. word, .. bytes[Math.Min(bytes.Length, at + word.Length)..]],
            _ => [.. bytes[..(at + length)], .. bytes[at..]],
        };
    }
}
