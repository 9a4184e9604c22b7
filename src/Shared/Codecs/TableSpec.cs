using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>How the rows of a table become samples and back: a specification of each column, in the order of the file.</summary>
public sealed class TableSpec
{
    private TableLayout? _layout;

    /// <summary>Gets the columns that tables of samples have, in the order of the file.</summary>
    public required IReadOnlyList<ColumnSpec> Columns { get; init; }

    /// <summary>Gets a value indicating whether the names of the columns are those of a header; otherwise they are their numbers, from
    /// 1.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Gets the number d of coordinates of a sample.</summary>
    public int Dimension => Layout.Size;

    /// <summary>Gets which coordinates belong to which column.</summary>
    internal TableLayout Layout => _layout ??= new TableLayout(Columns);

    /// <summary>Decodes samples.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    /// <returns>The rows, with all columns.</returns>
    /// <exception cref="DiffusionException">The samples have another size.</exception>
    public Table Decode(Samples.SampleBatch samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape.Size != Dimension)
        {
            throw new DiffusionException($"The samples must have {Dimension} coordinates; found {samples.Shape.Size}.");
        }

        Dictionary<string, DecodedColumn> decoded = [];
        foreach (ColumnSpec column in Columns.OrderBy(column => column.Needed is not null))
        {
            BlockCells[] cells = [.. Layout.BlocksOf(column).Select(place => place.Block.Decode(samples.Values, Dimension, place.Start))];
            DecodedColumn? needed = column.Needed is { } name ? decoded[name] : null;
            decoded[column.Name] = new DecodedColumn(column.WriteCells(samples.Count, cells, needed), cells);
        }

        return new Table([.. Columns.Select(column => decoded[column.Name].Column)], HasHeader);
    }
}
