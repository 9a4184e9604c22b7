using System.Text;
using CsvHelper;
using Diffusion.Points;

namespace Diffusion.Data.Tables;

/// <summary>Points as comma-separated text (RFC 4180): one point a line, in invariant notation, under a header where the columns have
/// names.</summary>
public static class CsvFile
{
    /// <summary>In a name, these could be taken for what separates columns, or says what does.</summary>
    internal const string TakenForSeparators = ";\t|=";

    /// <summary>What the rows to be written are called in messages.</summary>
    internal const string TableName = "the table";

    private static readonly CsvReaderOptions Words = new() { HasHeader = false, TrimWhitespace = true };
    private static readonly CsvWriterOptions Writing = new() { HasHeader = false, NewLine = "\n", CommentPrefix = CsvSource.CommentPrefix };

    /// <summary>Writes points; float32 values read back exactly.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="pieces">The points, piece by piece; none is kept.</param>
    public static void Write(Stream stream, IEnumerable<PointSet> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Write(stream, pieces.Select(NumericTable.FromPoints), NumberWidth.Bits32);
    }

    /// <summary>Writes a table. A spreadsheet computes nothing in its header: a name that begins like a formula is written behind an
    /// apostrophe, and read back as it was.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="pieces">The rows, piece by piece; none is kept.</param>
    /// <param name="width">The precision of the text: <see cref="NumberWidth.Bits64"/> reads back exactly, <see cref="NumberWidth.Bits32"/>
    /// rounds.</param>
    /// <exception cref="DiffusionException">A number is beyond the precision.</exception>
    public static void Write(Stream stream, IEnumerable<NumericTable> pieces, NumberWidth width)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        using CsvWriter csv = CsvWriter.Create(stream, Writing, leaveOpen: true);
        bool isFirst = true;
        long written = 0;
        foreach (NumericTable piece in pieces)
        {
            if (isFirst && piece.Columns is not null)
            {
                foreach (string name in piece.Columns.Select(CsvHeader.Escape))
                {
                    bool isQuoted = name.AsSpan().ContainsAny(TakenForSeparators) || name != name.Trim();
                    csv.WriteField(name, isQuoted ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
                }

                csv.EndRecord();
            }

            isFirst = false;
            if (width == NumberWidth.Bits32)
            {
                WriteSingles(csv, piece, written);
            }
            else
            {
                WriteDoubles(csv, piece);
            }

            written += piece.Count;
        }
    }

    /// <summary>Reads points as <see cref="ReadTable"/> does, rounded to float32. A first line of numbers is a point.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">The columns to read.</param>
    /// <exception cref="DiffusionException">The file is not usable, or a number is beyond float32.</exception>
    public static PointSet Read(string path, ColumnChoice choice)
        => ReadTable(path, new TableReading { Columns = choice, NumbersCanBeNames = false }).Table.ToPoints(path);

    /// <summary>
    /// Reads a table. By default the whole file decides whether the first line names the columns; columns that are not read may hold
    /// anything.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">How to read it.</param>
    /// <exception cref="DiffusionException">The file is missing, empty or ragged, lacks a column, or has cells that are not finite numbers;
    /// the message names all columns with such cells.</exception>
    public static TableContent ReadTable(string path, TableReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return CsvTable.Read(path, reading);
    }

    /// <summary>The words between the commas of a line.</summary>
    /// <param name="line">A line, quoted where a word has a comma in it.</param>
    /// <exception cref="DiffusionException">A quote is not closed.</exception>
    public static IReadOnlyList<string> ReadWords(string line)
    {
        using CsvReader csv = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(line)), Words);
        return CsvSource.Next(csv, line) ? [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)] : [];
    }

    private static void WriteSingles(CsvWriter csv, NumericTable piece, long rowsBefore)
    {
        PointSet points = piece.ToPoints(TableName, rowsBefore);
        for (int i = 0; i < points.Count; i++)
        {
            foreach (float value in points[i])
            {
                csv.WriteField(value);
            }

            csv.EndRecord();
        }
    }

    private static void WriteDoubles(CsvWriter csv, NumericTable piece)
    {
        for (int i = 0; i < piece.Count; i++)
        {
            foreach (double value in piece[i])
            {
                csv.WriteField(value);
            }

            csv.EndRecord();
        }
    }
}
