using Diffusion.Points;

namespace Diffusion.Data.Tables;

/// <summary>A table that was read from a file.</summary>
/// <param name="table">The numbers of the chosen columns, <c>[n, D]</c>.</param>
/// <param name="remarks">What was decided while reading that a user should know, a sentence each.</param>
public sealed class TableContent(NumericTable table, IReadOnlyList<string> remarks)
{
    /// <summary>Gets the numbers of the chosen columns, <c>[n, D]</c>.</summary>
    public NumericTable Table => table;

    /// <summary>Gets the SHA-256 of the file that was read, in hexadecimal; null for a table from elsewhere.</summary>
    public string? Sha256 { get; internal init; }

    /// <summary>Gets what was decided while reading that a user should know, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => remarks;
}
