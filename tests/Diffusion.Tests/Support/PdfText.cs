using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Diffusion.Tests.Support;

/// <summary>The lines of text of a PDF file as Skia writes it, in the order in which they were drawn.</summary>
internal static partial class PdfText
{
    /// <summary>Reads the lines.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string text = Encoding.Latin1.GetString(bytes);
        Dictionary<string, string> streams = Objects().Matches(text)
            .Where(match => match.Groups["stream"].Success)
            .ToDictionary(match => match.Groups["number"].Value, match => Expand(bytes, match.Groups["stream"]));
        Dictionary<string, Dictionary<int, char>> fonts = Objects().Matches(text)
            .Where(match => Unicode().IsMatch(match.Groups["entries"].Value))
            .ToDictionary(
                match => match.Groups["number"].Value,
                match => Letters(streams[Unicode().Match(match.Groups["entries"].Value).Groups[1].Value]));
        return
        [
            .. from page in streams.Values
               from Match line in Lines().Matches(page)
               select TextOf(line.Value, fonts),
        ];
    }

    private static string Expand(byte[] bytes, Group stream)
    {
        try
        {
            using ZLibStream expanded = new(new MemoryStream(bytes, stream.Index, stream.Length), CompressionMode.Decompress);
            using StreamReader reader = new(expanded, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException)
        {
            return stream.Value;
        }
    }

    /// <summary>A font has one byte for a letter; which one, a table says.</summary>
    private static Dictionary<int, char> Letters(string table)
    {
        Dictionary<int, char> letters = [];
        foreach (Match range in Ranges().Matches(table))
        {
            (int first, int last, int letter) = (Hex(range.Groups[1]), Hex(range.Groups[2]), Hex(range.Groups[3]));
            for (int code = first; code <= last; code++)
            {
                letters[code] = (char)(letter + code - first);
            }
        }

        foreach (Match pair in Pairs().Matches(Ranges().Replace(table, "")))
        {
            letters.TryAdd(Hex(pair.Groups[1]), (char)Hex(pair.Groups[2]));
        }

        return letters;

        static int Hex(Group group) => int.Parse(group.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static string TextOf(string line, Dictionary<string, Dictionary<int, char>> fonts)
    {
        StringBuilder text = new();
        Dictionary<int, char> font = [];
        foreach (Match part in Parts().Matches(line))
        {
            if (part.Groups["font"].Success)
            {
                font = fonts[part.Groups["font"].Value];
                continue;
            }

            foreach (byte code in Convert.FromHexString(part.Groups["codes"].Value))
            {
                text.Append(font[code]);
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(
        @"(?<number>\d+) 0 obj\s*(?<entries><<.*?>>)\s*(stream\r?\n(?<stream>.*?)\r?\nendstream\s*)?endobj",
        RegexOptions.Singleline)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex Unicode();

    [GeneratedRegex("<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]{4})>")]
    private static partial Regex Ranges();

    [GeneratedRegex("<([0-9A-F]+)> <([0-9A-F]{4})>")]
    private static partial Regex Pairs();

    [GeneratedRegex(@"\bBT\b.*?\bET\b", RegexOptions.Singleline)]
    private static partial Regex Lines();

    [GeneratedRegex("/F(?<font>[0-9]+) [0-9.]+ Tf|<(?<codes>[0-9A-F]+)>")]
    private static partial Regex Parts();
}
