using Diffusion.Data.Tables.Typed;
using Diffusion.Tables;
using Parquet;
using Parquet.Schema;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>
/// Reads tables in Parquet files (https://parquet.apache.org/docs/file-format). The file says what a column holds; the cells of a column of
/// text decide what they are, as in text files.
/// </summary>
internal static class ParquetTable
{
    /// <summary>Old files have text in arrays of bytes that nothing says to be text; some have decimals of 38 digits.</summary>
    private static readonly ParquetOptions Options = new() { TreatByteArrayAsString = true, UseBigDecimal = true };

    /// <summary>Reads a file.</summary>
    /// <exception cref="DiffusionException">The file is not usable, lacks a column, or a column does not have the type asked
    /// for.</exception>
    public static TableFileContent Read(string path, TableFileOptions options)
    {
        if (options.HasHeader is not null)
        {
            throw new DiffusionException(
                $"'{path}' is a .parquet file, whose columns always have names. Omit {options.HeaderOption ?? "the choice of a header"}.");
        }

        using ParquetSource source = new(path);
        return source.Run(() => ReadAsync(source, options));
    }

    private static async Task<TableFileContent> ReadAsync(ParquetSource source, TableFileOptions options)
    {
        ParquetFooter.Check(source.Stream);
        await using ParquetReader reader = await ParquetReader.CreateAsync(source.Stream, Options).ConfigureAwait(false);
        Field[] fields = [.. reader.Schema.Fields];
        string[] names = [.. fields.Select(field => field.Name)];
        ColumnRequest[] columns = FindColumns(source.Path, fields, names, options);
        int rows = source.CheckSize(reader.RowGroups.Sum(group => group.RowCount), columns.Length);
        List<TableColumn> cells = [];
        foreach (ColumnRequest column in columns)
        {
            DataField field = (DataField)fields[column.Position];
            ParquetCells read = new(reader, field, rows);
            cells.Add(await ParquetType.Find(field)!.ReadAsync(read, column).ConfigureAwait(false));
        }

        RequireFinite(cells, source.Path);
        TextTyping texts = new(columns, cells, new MissingMarks(options.MissingTexts));
        texts.RequireTypes(source.Path, options.TypesOption);
        return new TableFileContent(new Table(texts.Convert()), source.Sha256, [.. texts.Remarks()])
        {
            Types = ColumnRequest.TypesOf(columns),
        };
    }

    private static ColumnRequest[] FindColumns(string path, Field[] fields, string[] names, TableFileOptions options)
    {
        string[] repeated = [.. names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key)];
        if (repeated.Length > 0)
        {
            throw new DiffusionException(
                $"'{path}' has several columns of the same name: {string.Join(", ", repeated)}. Write the table with different names.");
        }

        ColumnRequest[] columns = ColumnRequest.Find(options, names, names.Length, path);
        string[] others = [.. columns.Where(column => ParquetType.Find(fields[column.Position]) is null).Select(column => column.Name)];
        return others.Length == 0 ? columns : throw new DiffusionException(
            $"'{path}': {(others.Length == 1 ? "this column holds" : "these columns hold")} lists, structures, intervals or binary "
                + $"values, which cannot be read: {string.Join(", ", others)}. "
                + $"Omit {(others.Length == 1 ? "it" : "them")}{(options.ExceptOption is { } option ? $" with {option}" : "")}.");
    }

    private static void RequireFinite(IReadOnlyList<TableColumn> columns, string path)
    {
        List<ColumnFault> faults = [];
        foreach (NumberColumn column in columns.OfType<NumberColumn>())
        {
            int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => double.IsInfinity(column.Values[row]))];
            if (rows.Length > 0)
            {
                faults.Add(new(column.Name, Invariant($"row {rows[0] + 1}"), Invariant($"{column.Values[rows[0]]}"), rows.Length));
            }
        }

        if (faults.Count > 0)
        {
            throw ColumnFault.Describe(path, faults, advice: "");
        }
    }
}
