using Diffusion.Codecs.Columns;

namespace Diffusion.Codecs;

/// <summary>A block of coordinates and where it lies.</summary>
/// <param name="Block">The block.</param>
/// <param name="Column">Its column.</param>
/// <param name="Part">Its position among the blocks of the column, from 0.</param>
/// <param name="Start">Its first coordinate, from 0.</param>
internal sealed record PlacedBlock(ColumnBlock Block, ColumnSpec Column, int Part, int Start);

/// <summary>The order of the coordinates of a sample: all numbers first, then the categories, those with fewer coordinates first, so that a
/// network computes categories of one width together.</summary>
internal sealed class TableLayout
{
    private readonly Dictionary<string, PlacedBlock[]> _ofColumn;

    /// <param name="columns">The columns of the table.</param>
    public TableLayout(IReadOnlyList<ColumnSpec> columns)
    {
        (ColumnBlock Block, ColumnSpec Column, int Part)[] blocks =
        [
            .. from column in columns
               from part in column.CreateBlocks().Select((block, part) => (block, part))
               orderby part.block is NumberBlock descending, part.block.Width
               select (part.block, column, part.part),
        ];
        List<PlacedBlock> placed = [];
        foreach ((ColumnBlock block, ColumnSpec column, int part) in blocks)
        {
            placed.Add(new PlacedBlock(block, column, part, Size));
            Size += block.Width;
        }

        Blocks = placed;
        _ofColumn = placed.GroupBy(block => block.Column.Name)
            .ToDictionary(group => group.Key, group => group.OrderBy(block => block.Part).ToArray());
    }

    /// <summary>Gets the number d of coordinates.</summary>
    public int Size { get; }

    /// <summary>Gets all blocks, in the order of their coordinates.</summary>
    public IReadOnlyList<PlacedBlock> Blocks { get; }

    /// <summary>Gets the number of columns that have coordinates.</summary>
    public int ColumnCount => _ofColumn.Count;

    /// <summary>Gets the number of coordinates that are numbers: the first ones.</summary>
    public int NumberCount => Blocks.Count(placed => placed.Block is NumberBlock);

    /// <summary>Returns the blocks of a column, in the order in which it has them.</summary>
    /// <param name="column">The column.</param>
    public IReadOnlyList<PlacedBlock> BlocksOf(ColumnSpec column) => _ofColumn.GetValueOrDefault(column.Name) ?? [];
}
