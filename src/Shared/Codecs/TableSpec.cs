using Diffusion.Codecs.Columns;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>How the rows of a table become samples and back: a specification of each column, in the order of the file.</summary>
public sealed class TableSpec
{
    /// <summary>Of the interval that stands for a value, its middle is given.</summary>
    internal const double Middle = 0.5;

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

    /// <summary>Returns the column of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DiffusionException">There is no such column.</exception>
    public ColumnSpec Require(string name) => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new DiffusionException(
            $"The model has no column '{name}'; its columns are: {string.Join(", ", Columns.Select(column => column.Name))}.");

    /// <summary>Returns conditions that give nothing.</summary>
    /// <param name="count">The number n of samples.</param>
    public ConditionBatch GiveNothing(int count)
        => new(count) { Given = new float[(long)count * Dimension], Mask = new float[(long)count * Dimension] };

    /// <summary>Returns the cells of rows as conditions: those that are present are given, those that are missing or unknown to the model
    /// are left open.</summary>
    /// <param name="rows">The rows; they may lack columns.</param>
    /// <param name="arePresent">Whether missing cells of numbers are to be filled in, so that the network knows that they are
    /// there.</param>
    /// <exception cref="DiffusionException">A column is of another kind.</exception>
    public ConditionBatch Give(Table rows, bool arePresent = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        float[] given = new float[(long)rows.Count * Dimension];
        float[] mask = new float[given.Length];
        foreach (ColumnSpec column in Columns.Where(column => Layout.BlocksOf(column).Count > 0 && column.IsIn(rows)))
        {
            IReadOnlyList<BlockCells> cells = column.ReadCells(rows);
            foreach (PlacedBlock placed in Layout.BlocksOf(column))
            {
                for (int row = 0; row < rows.Count; row++)
                {
                    Span<float> place = given.AsSpan((row * Dimension) + placed.Start, placed.Block.Width);
                    if (cells[0].IsKnown(row) && !rows[column.Name].IsMissing(row))
                    {
                        placed.Block.Encode(cells[placed.Part], row, Middle, place);
                    }
                    else if (arePresent && placed.Part > 0)
                    {
                        placed.Block.Encode(BlockCells.Present, 0, Middle, place);
                    }
                    else
                    {
                        continue;
                    }

                    mask.AsSpan((row * Dimension) + placed.Start, placed.Block.Width).Fill(1);
                }
            }
        }

        return new ConditionBatch(rows.Count) { Given = given, Mask = mask };
    }

    /// <summary>Decodes samples.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    /// <returns>The rows, with all columns.</returns>
    /// <exception cref="DiffusionException">The samples have another size.</exception>
    public Table Decode(SampleBatch samples) => Decode(samples, arePresent: false);

    /// <summary>Decodes samples.</summary>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    /// <param name="arePresent">Whether no cell may be missing where any can be present.</param>
    internal Table Decode(SampleBatch samples, bool arePresent)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Shape.Size != Dimension)
        {
            throw new DiffusionException($"The samples must have {Dimension} coordinates; found {samples.Shape.Size}.");
        }

        Dictionary<string, DecodedColumn> decoded = [];
        foreach (ColumnSpec column in Columns.OrderBy(column => column.Needed is not null))
        {
            BlockCells[] cells = [.. Layout.BlocksOf(column).Select(place => place.Block.Decode(
                samples.Values, Dimension, place.Start, arePresent ? column.MissingCategory(place.Part) : null))];
            DecodedColumn? needed = column.Needed is { } name ? decoded[name] : null;
            decoded[column.Name] = new DecodedColumn(column.WriteCells(samples.Count, cells, needed), cells);
        }

        return new Table([.. Columns.Select(column => decoded[column.Name].Column)], HasHeader);
    }
}
