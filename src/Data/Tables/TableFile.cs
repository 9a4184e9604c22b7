using System.IO.Compression;
using Diffusion.Data.Tables.ParquetFiles;
using Diffusion.Data.Tables.Typed;
using Diffusion.Files;
using Diffusion.Tables;

namespace Diffusion.Data.Tables;

/// <summary>Reads and writes tables of numbers, dates and text in the format that a file's name ends in.</summary>
public static class TableFile
{
    /// <summary>The endings of names of table files, for people.</summary>
    public const string Endings = ".csv, .tsv, .csv.gz, .tsv.gz, .parquet or .npy";

    private const string Parquet = ".parquet";
    private const char Comma = ',', Tab = '\t';

    private static readonly string[] CommaEndings = [".csv", ".csv.gz"];
    private static readonly string[] TabEndings = [".tsv", ".tsv.gz"];
    private static readonly string[] SpreadsheetEndings = [".xlsx", ".xls", ".xlsm", ".ods"];

    /// <summary>Whether a name ends in .csv, .tsv, .csv.gz, .tsv.gz, .parquet or .npy.</summary>
    public static bool IsTableFile(string path) => IsText(path) || IsParquet(path) || PointFile.IsNpy(path);

    /// <summary>Whether a name is that of a file of text, whose first line may be a header: .csv, .tsv, .csv.gz or .tsv.gz.</summary>
    public static bool IsText(string path) => HasEnding(path, CommaEndings) || HasEnding(path, TabEndings);

    /// <summary>Returns the name of a file without its folder and its ending.</summary>
    /// <param name="path">The file.</param>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        string? ending = CommaEndings.Concat(TabEndings).Where(ending => HasEnding(name, [ending])).MaxBy(ending => ending.Length);
        return ending is null ? Path.GetFileNameWithoutExtension(name) : name[..^ending.Length];
    }

    /// <summary>Refuses a name with another ending.</summary>
    /// <exception cref="DiffusionException">The name has another ending.</exception>
    public static void RequireEnding(string path)
    {
        if (!IsTableFile(path))
        {
            string fault = HasEnding(path, SpreadsheetEndings)
                ? "is a spreadsheet. Save the sheet as .csv"
                : "has another extension";
            throw new DiffusionException($"A table must be a {Endings} file; '{path}' {fault}.");
        }
    }

    /// <summary>
    /// Reads a table. The whole file decides what each column is, how its cells stand, and whether the first line names the columns.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; by default all columns.</param>
    /// <exception cref="DiffusionException">The name has another ending; the file is missing, empty or ragged; it lacks a column; or a
    /// column does not have the type asked for.</exception>
    public static TableFileContent Read(string path, TableFileOptions? options = null)
    {
        RequireEnding(path);
        options ??= new TableFileOptions();
        return PointFile.IsNpy(path) ? NpyTable.Read(path, options)
            : IsParquet(path) ? ParquetTable.Read(path, options)
            : TextTable.Read(CsvSource.Open(path, HasEnding(path, TabEndings) ? Tab : null), options);
    }

    /// <summary>Writes a file, whole or not at all, of rows that need not be in memory at once.</summary>
    /// <param name="path">The file; a .npy file holds numbers in double precision alone, a .parquet file the numbers of columns
    /// without the signs of currencies and the like.</param>
    /// <param name="pieces">The rows, piece by piece, all of the same columns; none is kept.</param>
    /// <exception cref="DiffusionException">The name has another ending, the place cannot be written, or a .npy file cannot hold the
    /// columns.</exception>
    public static void Write(string path, IEnumerable<Table> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        RequireEnding(path);
        char separator = HasEnding(path, TabEndings) ? Tab : Comma;
        AtomicFile.Write(path, stream =>
        {
            if (PointFile.IsNpy(path))
            {
                NpyTable.Write(stream, pieces, path);
            }
            else if (IsParquet(path))
            {
                ParquetTableWriter.Write(stream, pieces);
            }
            else if (TextContent.IsCompressed(path))
            {
                using GZipStream compressed = new(stream, CompressionLevel.Optimal, leaveOpen: true);
                TextTableWriter.Write(compressed, pieces, separator);
            }
            else
            {
                TextTableWriter.Write(stream, pieces, separator);
            }
        });
    }

    /// <summary>Writes comma-separated text (RFC 4180). A spreadsheet computes nothing in it: text that begins like a formula is written
    /// behind an apostrophe, and read back as it was.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="pieces">The rows, piece by piece, all of the same columns; none is kept.</param>
    public static void WriteCsv(Stream stream, IEnumerable<Table> pieces)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(pieces);
        TextTableWriter.Write(stream, pieces, Comma);
    }

    private static bool IsParquet(string path) => HasEnding(path, [Parquet]);

    private static bool HasEnding(string path, string[] endings)
        => Array.Exists(endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
