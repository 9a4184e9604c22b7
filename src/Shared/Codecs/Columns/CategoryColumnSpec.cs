using Diffusion.Tables;

namespace Diffusion.Codecs.Columns;

/// <summary>
/// A column that has one of a number of values, texts or numbers, in the order of their frequency; a missing cell counts as one more.
/// A column that follows from another (<see cref="Source"/>) has no coordinates, nor has one that is always the same.
/// </summary>
public sealed record CategoryColumnSpec : ColumnSpec
{
    /// <summary>Gets the values of a column of text; null for one of numbers.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Gets the values of a column of numbers; null for one of text.</summary>
    public IReadOnlyList<double>? Numbers { get; init; }

    /// <summary>Gets how the numbers stand in a file; null for a column of text.</summary>
    public CellFormat? Format { get; init; }

    /// <summary>Gets how often each value occurs among the rows that the specification was fitted to.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Gets the name of the column that this one follows from; null, the default, for a column with coordinates of its
    /// own.</summary>
    public string? Source { get; init; }

    /// <summary>Gets, for each category of <see cref="Source"/>, the category of this column; null without a source.</summary>
    public IReadOnlyList<int>? Map { get; init; }

    /// <summary>Gets the number K of categories, where a missing cell counts as one if there are any.</summary>
    public int CategoryCount => Counts.Count + (MissingCount > 0 ? 1 : 0);

    /// <inheritdoc/>
    internal override string? Needed => Source;

    /// <inheritdoc/>
    internal override IReadOnlyList<ColumnBlock> CreateBlocks()
        => Source is not null || CategoryCount < 2
            ? []
            : [new CategoryBlock(new CategoryCode(MissingCount > 0 ? [.. Counts, MissingCount] : Counts))];

    /// <inheritdoc/>
    internal override int? MissingCategory(int part) => MissingCount > 0 && Counts.Count > 0 ? Counts.Count : null;

    /// <inheritdoc/>
    internal override IReadOnlyList<BlockCells> ReadCells(Table table)
        => Source is not null || CategoryCount < 2 ? [] : [new BlockCells(default, ReadCodes(table))];

    /// <summary>Returns the categories of a table's column, <c>[n]</c>; −1 for a value that is none of them.</summary>
    /// <param name="table">A table that has the column.</param>
    internal int[] ReadCodes(Table table)
    {
        int missing = MissingCount > 0 ? Counts.Count : -1;
        TableColumn column = table[Name];
        int[] codes = new int[column.Count];
        if (Texts is not null)
        {
            Dictionary<string, int> categories = Texts.Select((text, k) => (text, k)).ToDictionary(pair => pair.text, pair => pair.k);
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = column.IsMissing(i) ? missing : categories.GetValueOrDefault(column.GetText(i), -1);
            }
        }
        else if (column is NumberColumn numbers)
        {
            Dictionary<double, int> categories =
                Numbers!.Select((number, k) => (number, k)).ToDictionary(pair => pair.number, pair => pair.k);
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = column.IsMissing(i) ? missing : categories.GetValueOrDefault(numbers.Values[i], -1);
            }
        }
        else
        {
            throw new DiffusionException($"The column '{Name}' must be one of numbers or dates; it is one of text.");
        }

        return codes;
    }

    /// <inheritdoc/>
    internal override TableColumn WriteCells(int count, IReadOnlyList<BlockCells> cells, DecodedColumn? needed)
    {
        ReadOnlySpan<int> own = cells.Count > 0 ? cells[0].Codes.Span : needed is null ? new int[count] : needed.Cells[0].Codes.Span;
        int[] codes = own.ToArray();
        for (int i = 0; i < count; i++)
        {
            int category = Map is null ? codes[i] : Map[codes[i]];
            codes[i] = category < Counts.Count ? category : TextColumn.Missing;
        }

        return CreateColumn(codes);
    }

    /// <summary>Returns a column of cells of given categories.</summary>
    /// <param name="codes">The categories, <c>[n]</c>; −1 for a missing cell.</param>
    internal TableColumn CreateColumn(int[] codes)
        => Texts is not null
            ? new TextColumn(Name, codes, Texts) { MissingText = MissingText }
            : new NumberColumn(Name, Array.ConvertAll(codes, code => code < 0 ? double.NaN : Numbers![code]), Format)
            {
                MissingText = MissingText,
            };

    /// <summary>Returns the text of a category in a file.</summary>
    /// <param name="category">The number of the category, from 0.</param>
    internal string TextOf(int category)
        => category >= Counts.Count ? MissingText : Texts is not null ? Texts[category] : Format!.Print(Numbers![category]);
}
