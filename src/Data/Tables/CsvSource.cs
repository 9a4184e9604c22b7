using System.Text;
using CsvHelper;

namespace Diffusion.Data.Tables;

/// <summary>A file of separated values, compressed or not, its encoding and its separator.</summary>
internal sealed class CsvSource
{
    /// <summary>Lines that begin with it are comments.</summary>
    public const char CommentPrefix = '#';

    /// <summary>The longest line that is read, in bytes; more than 4,096 numbers with words beside them need.</summary>
    private const int LongestLine = 1 << 24;

    /// <summary>So many characters decide what separates the columns.</summary>
    private const int SampleLength = 1 << 16;

    private const string CommentRemark = "begins with '#' and is skipped as a comment";
    private const string HeaderRemark = "; if it is the header, remove the '#'.";

    private const char Comma = ',';

    /// <summary>How all files are read, apart from their separator.</summary>
    internal static readonly CsvReaderOptions Reading = new()
    {
        HasHeader = false, TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestLine, CommentPrefix = CommentPrefix,
    };

    private readonly Encoding _encoding;
    private readonly char? _separator;

    private CsvSource(string path, Encoding encoding, char? separator)
    {
        (long comments, long firstComment, string sha256) = Scan(path, encoding);
        Path = path;
        Sha256 = sha256;
        _encoding = encoding;
        _separator = separator ?? CsvSeparator.Find(ReadSample());
        string more = comments > 1 ? FormattableString.Invariant($", as are {comments - 1} other lines") : "";
        Remarks =
        [
            .. encoding is Windows1252 ? [$"'{path}' is not UTF-8; it is read as Windows-1252."] : Array.Empty<string>(),
            .. comments > 0
                ? [FormattableString.Invariant($"Line {firstComment} of '{path}' {CommentRemark}{more}{HeaderRemark}")]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The SHA-256 of the file in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>What a user should know of how it is read, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Looks through a file once to find its encoding, and at its beginning to find the separator.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What separates the columns; null, the default, finds it.</param>
    /// <exception cref="DiffusionException">There is no such file, or it is no text.</exception>
    public static CsvSource Open(string path, char? separator = null)
    {
        Encoding encoding = EncodingOf(path);
        try
        {
            return new CsvSource(path, encoding, separator);
        }
        catch (DecoderFallbackException) when (encoding is UTF8Encoding)
        {
            // Read again from the beginning, where every byte is a character.
            return new CsvSource(path, new Windows1252(), separator);
        }
        catch (DecoderFallbackException exception)
        {
            throw new DiffusionException($"'{path}' begins like UTF-16 text but is not valid UTF-16. Save it as UTF-8.", exception);
        }
    }

    /// <summary>Reads it from its beginning to its end.</summary>
    /// <param name="readAll">Reads all lines.</param>
    /// <exception cref="DiffusionException">The file is not the one that was opened.</exception>
    public void Read(Action<CsvReader> readAll)
    {
        CsvReaderOptions options = Reading with { Separator = _separator };
        using TextContent content = new(Path);
        using CsvReader csv = _encoding is UTF8Encoding
            ? CsvReader.Create(content.Stream, options)
            : CsvReader.Create(Decode(content.Stream, _encoding), options);
        readAll(csv);
        RequireUnchanged(content.Complete() == Sha256);
    }

    /// <summary>Refuses a file that is not what it was when it was opened.</summary>
    /// <exception cref="DiffusionException">It is not.</exception>
    public void RequireUnchanged(bool isUnchanged)
    {
        if (!isUnchanged)
        {
            throw new DiffusionException($"'{Path}' was changed while it was being read. Read it again.");
        }
    }

    /// <summary>Whether a comma in a cell can be a decimal comma, as it separates no columns.</summary>
    public static bool AllowsDecimalCommas(CsvReader csv) => csv.Separator != Comma;

    /// <summary>Moves to the next line.</summary>
    /// <exception cref="DiffusionException">The text is no .csv file.</exception>
    public static bool Next(CsvReader csv, string path)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new DiffusionException($"'{path}' is not comma-separated text: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses a line of another number of cells.</summary>
    /// <param name="csv">Stands on the line.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="DiffusionException">The number is another one.</exception>
    public static void RequireWidth(CsvReader csv, int count, string path)
    {
        if (csv.FieldCount != count)
        {
            string hint = csv.FieldCount > count && !AllowsDecimalCommas(csv)
                ? " If the commas are decimal commas, separate the columns with semicolons or tabs."
                : "";
            throw new DiffusionException(
                $"'{path}', line {csv.LineNumber}: the number of columns must be {count}; was {csv.FieldCount}.{hint}");
        }
    }

    private static StreamReader Decode(Stream content, Encoding encoding)
        => new(content, encoding, detectEncodingFromByteOrderMarks: false);

    /// <summary>UTF-16 where a mark says so, else UTF-8; both refuse what they cannot decode.</summary>
    private static Encoding EncodingOf(string path)
    {
        byte[] mark = new byte[2];
        using TextContent content = new(path);
        _ = content.Stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        return mark switch
        {
            [0xFF, 0xFE] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
    }

    /// <summary>Decodes and hashes the whole file, and counts the lines outside of quotes that begin with '#'.</summary>
    private static (long Comments, long FirstComment, string Sha256) Scan(string path, Encoding encoding)
    {
        using TextContent content = new(path);
        using StreamReader text = Decode(content.Stream, encoding);
        char[] block = new char[SampleLength];
        (long line, long count, long first) = (1, 0, 0);
        (bool isStart, bool isComment, bool isQuoted) = (true, false, false);
        for (int read; (read = text.Read(block)) > 0;)
        {
            foreach (char character in block.AsSpan(0, read))
            {
                if (character == '\0')
                {
                    throw new DiffusionException($"'{path}' has a null character in line {line}; text is required. Save it as UTF-8.");
                }

                if (isStart && !isQuoted && character == CommentPrefix)
                {
                    isComment = true;
                    first = count++ == 0 ? line : first;
                }

                isQuoted ^= character == '"' && !isComment;
                isStart = character == '\n';
                isComment &= !isStart;
                line += isStart ? 1 : 0;
            }
        }

        return (count, first, content.Complete());
    }

    private string ReadSample()
    {
        using TextContent content = new(Path);
        using StreamReader text = Decode(content.Stream, _encoding);
        char[] start = new char[SampleLength];
        int length = text.ReadBlock(start);
        string sample = new(start, 0, length);
        int end = sample.LastIndexOf('\n');
        return length < SampleLength || end < 0 ? sample : sample[..(end + 1)];
    }
}
