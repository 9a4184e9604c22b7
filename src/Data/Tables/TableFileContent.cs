using Diffusion.Tables;

namespace Diffusion.Data.Tables;

/// <summary>A table of numbers, dates and text that was read from a file.</summary>
/// <param name="table">The table.</param>
/// <param name="sha256">The SHA-256 of the file that was read, in hexadecimal.</param>
/// <param name="remarks">What was decided while reading that a user should know, a sentence each.</param>
public sealed class TableFileContent(Table table, string sha256, IReadOnlyList<string> remarks)
{
    /// <summary>Gets the table.</summary>
    public Table Table => table;

    /// <summary>Gets the types that were asked for, by the names of the columns; empty by default.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Gets the SHA-256 of the file that was read, in hexadecimal: of a compressed file as it is.</summary>
    public string Sha256 => sha256;

    /// <summary>Gets what was decided while reading that a user should know, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => remarks;
}
