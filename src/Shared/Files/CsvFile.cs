using System.Globalization;
using System.Text;
using CsvHelper;
using Diffusion.Points;

namespace Diffusion.Files;

/// <summary>Points as comma-separated text (RFC 4180): one point a line, in invariant notation, under a header where the columns have names.</summary>
public static class CsvFile
{
    /// <summary>The longest line that is read, in bytes; more than 4,096 numbers with words beside them need.</summary>
    private const int LongestLine = 1 << 24;

    /// <summary>In a name, these could be taken for what separates columns, or says what does.</summary>
    private const string TakenForSeparators = ";\t|=";

    private static readonly CsvReaderOptions Reading = new() { HasHeader = false, TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestLine };
    private static readonly CsvWriterOptions Writing = new() { HasHeader = false, NewLine = "\n" };

    /// <summary>Writes points; float32 values read back exactly.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="pieces">The points, piece by piece; none is kept.</param>
    public static void Write(Stream stream, IEnumerable<PointSet> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        using CsvWriter csv = CsvWriter.Create(stream, Writing, leaveOpen: true);
        bool isFirst = true;
        foreach (PointSet piece in pieces)
        {
            if (isFirst && piece.Columns is not null)
            {
                foreach (string name in piece.Columns)
                {
                    csv.WriteField(name, name.AsSpan().ContainsAny(TakenForSeparators) || name != name.Trim() ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
                }

                csv.EndRecord();
            }

            isFirst = false;
            for (int i = 0; i < piece.Count; i++)
            {
                foreach (float value in piece[i])
                {
                    csv.WriteField(value);
                }

                csv.EndRecord();
            }
        }
    }

    /// <summary>
    /// Reads points. The first line names the columns where it has no number in it, or a name that was asked for.
    /// Columns that are not read may hold anything.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">The columns to read.</param>
    /// <exception cref="DiffusionException">The file is missing, empty or ragged, lacks a column, or a field is not a finite number; the message names line and column.</exception>
    public static PointSet Read(string path, ColumnChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        using CsvReader csv = CsvReader.Create(InputFile.Open(path), Reading);
        List<float> values = [];
        string[]? header = null;
        int[]? columns = null;
        int fields = 0;
        while (Next(csv, path))
        {
            if (columns is null)
            {
                fields = csv.FieldCount;
                header = ReadHeader(csv, choice);
                columns = choice.Resolve(header, fields, path);
                if (header is not null)
                {
                    continue;
                }
            }

            if (csv.FieldCount != fields)
            {
                throw new DiffusionException($"'{path}', line {csv.LineNumber}: {fields} columns are expected, there are {csv.FieldCount}.");
            }

            foreach (int column in columns)
            {
                values.Add(TryParse(csv, column, out float value)
                    ? value
                    : throw new DiffusionException($"'{path}', line {csv.LineNumber}, column {header?[column] ?? Invariant($"{column + 1}")}: a finite number is expected, {Describe(csv.GetString(column))}"));
            }
        }

        return values.Count > 0
            ? new PointSet([.. values], columns!.Length, header is null ? null : [.. columns.Select(column => header[column])])
            : throw new DiffusionException($"'{path}' has no points: at least one line of numbers is expected.");
    }

    /// <summary>The words between the commas of a line.</summary>
    /// <param name="line">A line, quoted where a word has a comma in it.</param>
    /// <exception cref="DiffusionException">A quote is not closed.</exception>
    public static IReadOnlyList<string> ReadWords(string line)
    {
        using CsvReader csv = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(line)), Reading);
        return Next(csv, line) ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : [];
    }

    private static string[]? ReadHeader(CsvReader csv, ColumnChoice choice)
    {
        string[] words = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        return choice.IsNamedIn(words) || !Enumerable.Range(0, words.Length).Any(column => TryParse(csv, column, out _)) ? words : null;
    }

    private static string Describe(string field) => field.Length == 0 ? "the field is empty. Fill it in or leave the line out."
        : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? $"found '{field}', which is beyond float32 (3.4e38). Scale the column."
        : $"found '{field}'.";

    private static bool Next(CsvReader csv, string path)
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

    private static bool TryParse(CsvReader csv, int column, out float value)
        => float.TryParse(csv.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
