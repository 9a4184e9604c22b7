namespace Diffusion.Tables;

/// <summary>A column of numbers, dates or times.</summary>
public sealed class NumberColumn : TableColumn
{
    private readonly double[] _values;

    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">The numbers, <c>[n]</c>, in the units of the format; NaN where a cell is missing.</param>
    /// <param name="format">How the numbers stand in a file; by default as plain numbers.</param>
    public NumberColumn(string name, double[] values, CellFormat? format = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(values);
        (_values, Format) = (values, format ?? new DecimalFormat());
    }

    /// <summary>Gets the numbers, <c>[n]</c>, in the units of the format; NaN where a cell is missing.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets how the numbers stand in a file.</summary>
    public CellFormat Format { get; }

    /// <summary>Gets the same memory as <see cref="Values"/>, for interfaces that cannot take a span.</summary>
    public ReadOnlyMemory<double> AsMemory() => _values;

    /// <inheritdoc/>
    public override int Count => _values.Length;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(_values[row]);

    /// <inheritdoc/>
    public override string GetText(int row) => IsMissing(row) ? MissingText : Format.Print(_values[row]);

    /// <inheritdoc/>
    public override NumberColumn SelectRows(ReadOnlySpan<int> rows)
        => new(Name, Pick<double>(_values, rows), Format) { MissingText = MissingText };

    /// <inheritdoc/>
    internal override NumberColumn Append(IReadOnlyList<TableColumn> others)
        => new(Name, [.. _values, .. others.SelectMany(other => ((NumberColumn)other)._values)], Format) { MissingText = MissingText };

    /// <inheritdoc/>
    internal override NumberColumn OrElse(TableColumn other)
        => new(Name, [.. _values.Zip(((NumberColumn)other)._values, (own, value) => double.IsNaN(own) ? value : own)], Format)
        {
            MissingText = MissingText,
        };
}
