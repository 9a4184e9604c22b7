namespace Diffusion.Codecs.Queries;

/// <summary>The cells of a column that are asked for.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Least">The least cell as it stands in a file; empty for no limit. For a column of text, the text itself.</param>
/// <param name="Greatest">The greatest cell as it stands in a file; empty for no limit.</param>
public sealed record CellRange(string Column, string Least, string Greatest)
{
    /// <summary>Creates a range of one cell.</summary>
    /// <param name="column">The name of the column.</param>
    /// <param name="cell">The cell as it stands in a file; empty for a missing cell.</param>
    public CellRange(string column, string cell)
        : this(column, cell, cell)
    {
    }

    /// <summary>Gets a value indicating whether one cell alone is asked for.</summary>
    public bool IsSingle => Least == Greatest;
}
