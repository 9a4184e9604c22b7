using Diffusion.Tables;

namespace Diffusion.Codecs.Columns;

/// <summary>
/// A column of numbers, dates or times: one coordinate by its distribution (<see cref="Z"/> and <see cref="Values"/>, linear in between),
/// and where cells are missing the code of two categories, present and missing.
/// </summary>
public sealed record NumberColumnSpec : ColumnSpec
{
    private const int Present = 0;
    private const int IsMissing = 1;

    /// <summary>Gets how the numbers stand in a file.</summary>
    public required CellFormat Format { get; init; }

    /// <summary>Gets the number of decimals that decoded numbers are rounded to, from 0 to 15: 0 for whole numbers, though they stand as
    /// "41.0" in the file. Null where they are not rounded.</summary>
    public required int? Decimals { get; init; }

    /// <summary>Gets the coordinates of the knots, ascending; equal ones where a value jumps.</summary>
    public required IReadOnlyList<double> Z { get; init; }

    /// <summary>Gets the values at the knots, ascending; equal ones at both ends of the interval of a frequent value.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Gets the number of cells that are present among the rows that the specification was fitted to.</summary>
    public required long Count { get; init; }

    /// <summary>Gets the name of the column that the numbers are counted from, such as a date of departure for a date of arrival; null, the
    /// default, where they are counted from 0.</summary>
    public string? Base { get; init; }

    /// <summary>Gets the least number of the column itself where it has a <see cref="Base"/>; null without one.</summary>
    public double? Least { get; init; }

    /// <summary>Gets the greatest number of the column itself where it has a <see cref="Base"/>; null without one.</summary>
    public double? Greatest { get; init; }

    /// <inheritdoc/>
    internal override string? Needed => Base;

    /// <inheritdoc/>
    internal override IReadOnlyList<ColumnBlock> CreateBlocks()
    {
        NumberBlock number = new(new QuantileTransform([.. Z], [.. Values], Decimals));
        return MissingCount == 0 ? [number] : [number, new CategoryBlock(new CategoryCode([Count, MissingCount]))];
    }

    /// <inheritdoc/>
    internal override int? MissingCategory(int part) => part == 0 ? null : IsMissing;

    /// <inheritdoc/>
    internal override IReadOnlyList<BlockCells> ReadCells(Table table)
    {
        ReadOnlyMemory<double> numbers = NumbersOf(table, Name);
        if (Base is not null)
        {
            ReadOnlyMemory<double> start = NumbersOf(table, Base);
            double[] differences = new double[numbers.Length];
            for (int i = 0; i < differences.Length; i++)
            {
                differences[i] = numbers.Span[i] - start.Span[i];
            }

            numbers = differences;
        }

        if (MissingCount == 0)
        {
            return [new BlockCells(numbers, default)];
        }

        int[] missing = new int[numbers.Length];
        for (int i = 0; i < missing.Length; i++)
        {
            missing[i] = double.IsNaN(numbers.Span[i]) ? IsMissing : Present;
        }

        return [new BlockCells(numbers, default), new BlockCells(default, missing)];
    }

    /// <inheritdoc/>
    internal override TableColumn WriteCells(int count, IReadOnlyList<BlockCells> cells, DecodedColumn? needed)
    {
        double[] values = cells[0].Numbers.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = cells.Count > 1 && cells[1].Codes.Span[i] == IsMissing ? double.NaN
                : needed is null ? values[i]
                : Math.Clamp(values[i] + ((NumberColumn)needed.Column).Values[i], Least!.Value, Greatest!.Value);
        }

        return new NumberColumn(Name, values, Format) { MissingText = MissingText };
    }

    private static ReadOnlyMemory<double> NumbersOf(Table table, string name)
        => table[name] is NumberColumn column
            ? column.AsMemory()
            : throw new DiffusionException($"The column '{name}' must be one of numbers or dates; it is one of text.");
}
