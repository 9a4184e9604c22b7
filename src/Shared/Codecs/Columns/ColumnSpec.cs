using Diffusion.Tables;

namespace Diffusion.Codecs.Columns;

/// <summary>How a column of a table becomes coordinates of a sample and back: a <see cref="NumberColumnSpec"/> or a
/// <see cref="CategoryColumnSpec"/>.</summary>
public abstract record ColumnSpec
{
    private protected ColumnSpec()
    {
    }

    /// <summary>Gets the name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the text of missing cells in a file; empty by default.</summary>
    public string MissingText { get; init; } = "";

    /// <summary>Gets the number of missing cells among the rows that the specification was fitted to.</summary>
    public long MissingCount { get; init; }

    /// <summary>Gets the name of the column that this one needs to be decoded; null where it needs none.</summary>
    internal abstract string? Needed { get; }

    /// <summary>Creates the coordinates of the column; none where its cells follow from another column or are always the same.</summary>
    internal abstract IReadOnlyList<ColumnBlock> CreateBlocks();

    /// <summary>Returns whether a table has the column, and the one that it needs.</summary>
    /// <param name="table">The table.</param>
    internal bool IsIn(Table table) => table.Find(Name) is not null && (Needed is null || table.Find(Needed) is not null);

    /// <summary>Returns the category that stands for a missing cell in a block of the column; null where there is none.</summary>
    /// <param name="part">The position of the block among those of the column.</param>
    internal abstract int? MissingCategory(int part);

    /// <summary>Returns the cells of a table's column as its blocks encode them.</summary>
    /// <param name="table">A table that has the column, and the one that it needs.</param>
    /// <exception cref="DiffusionException">The column is of another kind.</exception>
    internal abstract IReadOnlyList<BlockCells> ReadCells(Table table);

    /// <summary>Returns the column of decoded cells.</summary>
    /// <param name="count">The number n of rows.</param>
    /// <param name="cells">The cells of the blocks, <c>[n]</c> each.</param>
    /// <param name="needed">The column that this one needs, decoded; null where it needs none.</param>
    internal abstract TableColumn WriteCells(int count, IReadOnlyList<BlockCells> cells, DecodedColumn? needed);
}

/// <summary>A column that was decoded, and the cells that it came from.</summary>
/// <param name="Column">The column.</param>
/// <param name="Cells">The cells of its blocks.</param>
internal sealed record DecodedColumn(TableColumn Column, IReadOnlyList<BlockCells> Cells);
