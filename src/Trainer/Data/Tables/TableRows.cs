using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>
/// The rows of a table: all of them once in random order, then all of them again in another order, and so on. A number is encoded anew
/// each time that it is drawn, as another point of the interval that stands for it; which cells are given is drawn as well.
/// </summary>
public sealed class TableRows : IBatchSource
{
    /// <summary>Uniform numbers are multiples of this; half of it keeps them above 0.</summary>
    private const double Resolution = 1.0 / (1 << 24);

    private readonly TableLayout _layout;
    private readonly BlockCells[] _cells;
    private readonly GivenCells _given;
    private readonly EpochOrder _order;

    /// <summary>Creates a source.</summary>
    /// <param name="spec">How rows become samples.</param>
    /// <param name="table">The rows, at least one.</param>
    /// <exception cref="DiffusionException">The table lacks a column, or has one of another kind.</exception>
    public TableRows(TableSpec spec, Table table)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(table);
        _layout = spec.Layout;
        Dictionary<string, IReadOnlyList<BlockCells>> cells =
            spec.Columns.ToDictionary(column => column.Name, column => column.ReadCells(table));
        _cells = [.. _layout.Blocks.Select(placed => cells[placed.Column.Name][placed.Part])];
        _given = new GivenCells(_layout);
        _order = new EpochOrder(table.Count);
        Shape = SampleShape.Vector(_layout.Size);
    }

    /// <inheritdoc/>
    public SampleShape Shape { get; }

    /// <inheritdoc/>
    public ConditionSignature Conditions { get; } = new(TakesGiven: true);

    /// <summary>Gets the number of rows.</summary>
    public int Count => _order.Count;

    /// <inheritdoc/>
    int? IBatchSource.Count => Count;

    /// <inheritdoc/>
    public CleanBatch Draw(ulong seed, long first, int count)
    {
        int[] rows = _order.Rows(seed, first, count);
        float[] samples = new float[count * Shape.Size];
        float[] uniforms = new float[count];
        PhiloxUniform uniform = new(seed, RandomDomain.Cell);
        for (int k = 0; k < _cells.Length; k++)
        {
            PlacedBlock placed = _layout.Blocks[k];
            uniform.Fill((uint)k, first, uniforms);
            for (int i = 0; i < count; i++)
            {
                Span<float> coordinates = samples.AsSpan((i * Shape.Size) + placed.Start, placed.Block.Width);
                placed.Block.Encode(_cells[k], rows[i], uniforms[i] + (Resolution / 2), coordinates);
            }
        }

        return new CleanBatch(new SampleBatch(samples, Shape), _given.Draw(seed, first, samples));
    }
}
