namespace Diffusion.Codecs.Columns;

/// <summary>Neighbouring coordinates of a sample that belong together: one number, or the code of one category.</summary>
internal abstract class ColumnBlock
{
    /// <summary>Gets the number of coordinates.</summary>
    public abstract int Width { get; }

    /// <summary>Writes the coordinates of a cell.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="row">The number of the cell.</param>
    /// <param name="uniform">Chooses among the coordinates of a cell that has several; between 0 and 1, exclusive.</param>
    /// <param name="coordinates">Receives the coordinates, <c>[Width]</c>.</param>
    public abstract void Encode(BlockCells cells, int row, double uniform, Span<float> coordinates);

    /// <summary>Decodes the coordinates of n samples.</summary>
    /// <param name="samples">The samples, <c>[n, size]</c>.</param>
    /// <param name="size">The number of coordinates of a sample.</param>
    /// <param name="start">The first coordinate of the block.</param>
    /// <param name="except">A category that no sample may have; null for none.</param>
    public abstract BlockCells Decode(ReadOnlySpan<float> samples, int size, int start, int? except = null);
}

/// <summary>The cells of a block, <c>[n]</c>.</summary>
/// <param name="Numbers">Numbers, NaN where one is missing; empty for categories.</param>
/// <param name="Codes">The numbers of categories, −1 for one that the block does not know; empty for numbers.</param>
internal sealed record BlockCells(ReadOnlyMemory<double> Numbers, ReadOnlyMemory<int> Codes)
{
    /// <summary>One cell of the first category: of those that say whether a number is missing, the one that says it is not.</summary>
    public static BlockCells Present { get; } = new(default, new int[1]);

    /// <summary>Returns whether a cell is present and known to the block.</summary>
    /// <param name="row">The number of the cell.</param>
    public bool IsKnown(int row) => Codes.IsEmpty ? !double.IsNaN(Numbers.Span[row]) : Codes.Span[row] >= 0;
}
