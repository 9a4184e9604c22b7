using Diffusion.Data.Tables.Typed.Formats;
using Diffusion.Points;
using Diffusion.Tables;

namespace Diffusion.Data.Tables.Typed;

/// <summary>Tables of numbers in .npy files, where NaN stands for a missing cell.</summary>
internal static class NpyTable
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DiffusionException">The file is not usable, lacks a column, or a column is said to be a date.</exception>
    public static TableFileContent Read(string path, TableFileOptions options)
    {
        TableContent content = NpyFile.ReadContent(
            path, new TableReading { AllowsMissing = true, HasHeader = options.HasHeader, HeaderOption = options.HeaderOption });
        NumericTable table = content.Table;
        ColumnRequest[] columns = ColumnRequest.Find(options, names: null, table.Width, path);
        string[] dates = [.. columns.Where(column => column.Asked == ColumnType.Date).Select(column => column.Name)];
        if (dates.Length > 0)
        {
            throw new DiffusionException(
                $"'{path}' holds numbers alone; column {string.Join(", ", dates)} cannot be a date. "
                    + $"Ask for another type{(options.TypesOption is { } option ? $" with {option}" : "")}.");
        }

        return new TableFileContent(
            new Table([.. columns.Select(column => Column(table, column))], hasHeader: false), content.Sha256!, content.Remarks)
        {
            Types = ColumnRequest.TypesOf(columns),
        };
    }

    /// <summary>Writes a file of float64 values.</summary>
    /// <param name="stream">The file, at its beginning; it can go back.</param>
    /// <param name="pieces">The rows, piece by piece, all of the same columns, at least one piece.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <exception cref="DiffusionException">There is a column of dates or text.</exception>
    public static void Write(Stream stream, IEnumerable<Table> pieces, string path)
    {
        (Table? first, long count) = (null, 0);
        foreach (Table piece in pieces)
        {
            if (first is null)
            {
                first = piece;
                RequireNumbers(piece, path);
                WriteHeader(first, count);
            }

            TablePieces.RequireSameColumns(first, piece);
            NpyFile.WriteValues(stream, Numbers(piece), NumberWidth.Bits64);
            count += piece.Count;
        }

        TablePieces.RequireAny(first);

        // However many digits the number of rows has, the header is of the same length.
        stream.Position = 0;
        WriteHeader(first, count);

        void WriteHeader(Table table, long rows) => NpyFile.WriteHeader(stream, NumberWidth.Bits64, rows, table.Columns.Count);
    }

    private static TableColumn Column(NumericTable table, ColumnRequest request)
    {
        double[] values = new double[table.Count];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table[row][request.Position];
        }

        NumberColumn column = new(request.Name, values, PlainNumbers.FormatOf(values));
        return request.Asked is ColumnType.Id or ColumnType.Text ? PrintedColumn.Print(column) : column;
    }

    private static void RequireNumbers(Table table, string path)
    {
        string[] others =
            [.. table.Columns.Where(column => column is not NumberColumn { Format: DecimalFormat }).Select(column => column.Name)];
        if (others.Length > 0)
        {
            throw new DiffusionException(
                $"'{path}': a .npy file can hold numbers alone; {(others.Length == 1 ? "this column is" : "these columns are")} of "
                    + $"dates or text: {string.Join(", ", others)}. "
                    + $"Write a .csv file, or leave {(others.Length == 1 ? "it" : "them")} out.");
        }
    }

    private static NumericTable Numbers(Table table)
    {
        int width = table.Columns.Count;
        double[] values = new double[table.Count * width];
        for (int k = 0; k < width; k++)
        {
            ReadOnlySpan<double> column = ((NumberColumn)table.Columns[k]).Values;
            for (int row = 0; row < column.Length; row++)
            {
                values[(row * width) + k] = column[row];
            }
        }

        return new NumericTable(values, width);
    }
}
