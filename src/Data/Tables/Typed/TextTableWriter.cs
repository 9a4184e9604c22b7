using CsvHelper;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Writes tables as separated values.</summary>
internal static class TextTableWriter
{
    private static readonly CsvWriterOptions Writing = new()
    {
        HasHeader = false, NewLine = "\n", CommentPrefix = CsvSource.CommentPrefix,
    };

    /// <summary>Writes a table.</summary>
    /// <param name="stream">The file; left open.</param>
    /// <param name="pieces">The rows, piece by piece, all of the same columns.</param>
    /// <param name="separator">What separates the columns.</param>
    public static void Write(Stream stream, IEnumerable<Table> pieces, char separator)
    {
        using CsvWriter csv = CsvWriter.Create(stream, Writing with { Separator = separator }, leaveOpen: true);
        Table? first = null;
        foreach (Table piece in pieces)
        {
            if (first is null && piece.HasHeader)
            {
                foreach (TableColumn column in piece.Columns)
                {
                    WriteText(csv, CsvHeader.Escape(column.Name));
                }

                csv.EndRecord();
            }

            first ??= piece;
            TablePieces.RequireSameColumns(first, piece);
            for (int row = 0; row < piece.Count; row++)
            {
                foreach (TableColumn column in piece.Columns)
                {
                    WriteCell(csv, column, row);
                }

                csv.EndRecord();
            }
        }

        TablePieces.RequireAny(first);
    }

    private static void WriteCell(CsvWriter csv, TableColumn column, int row)
    {
        string cell = column.GetText(row);
        if (column is TextColumn && !column.IsMissing(row))
        {
            WriteText(csv, FormulaText.Escape(cell));
        }
        else
        {
            csv.WriteField(cell);
        }
    }

    /// <summary>Writes a text in quotes where it could be taken for what separates columns, or would lose blanks.</summary>
    private static void WriteText(CsvWriter csv, string text)
    {
        bool isQuoted = text.AsSpan().ContainsAny(CsvFile.TakenForSeparators) || text.AsSpan().Trim().Length < text.Length;
        csv.WriteField(text, isQuoted ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }
}
