using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Points;

/// <summary>A table of numbers in double precision, stored row by row as <c>[n, D]</c>: what files hold, before and after the network,
/// which sees float32.</summary>
public sealed class NumericTable
{
    private readonly double[] _values;

    /// <summary>Wraps an array of shape <c>[n, D]</c> without copying it.</summary>
    /// <param name="values">The numbers, row by row; the length is a multiple of <paramref name="width"/>.</param>
    /// <param name="width">The number D of columns, at least 1.</param>
    /// <param name="columns">A name for each column, or none.</param>
    /// <exception cref="ArgumentException">The length or the number of names does not fit the width.</exception>
    public NumericTable(double[] values, int width, IReadOnlyList<string>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length % width != 0)
        {
            throw new ArgumentException(
                Invariant($"The number of values must be a multiple of the width {width}; was {values.Length}."), nameof(values));
        }

        if (columns is not null && columns.Count != width)
        {
            throw new ArgumentException(
                Invariant($"{width} column names are required, one for each column; found {columns.Count}."), nameof(columns));
        }

        _values = values;
        Width = width;
        Columns = columns;
    }

    /// <summary>Gets the number n of rows.</summary>
    public int Count => _values.Length / Width;

    /// <summary>Gets the number D of columns.</summary>
    public int Width { get; }

    /// <summary>Gets the name of each column, or null where they have none.</summary>
    public IReadOnlyList<string>? Columns { get; }

    /// <summary>Gets all numbers, <c>[n, D]</c>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets row <paramref name="index"/>, <c>[D]</c>.</summary>
    public ReadOnlySpan<double> this[int index] => _values.AsSpan(index * Width, Width);

    /// <summary>Makes a table of points; every float32 is a double.</summary>
    /// <param name="points">The points, <c>[n, D]</c>.</param>
    public static NumericTable FromPoints(PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new(Array.ConvertAll(points.Values.ToArray(), value => (double)value), points.Dimension, points.Columns);
    }

    /// <summary>Rounds the numbers to float32.</summary>
    /// <param name="source">What to call the table in messages, such as the path of its file.</param>
    /// <returns>The points, <c>[n, D]</c>.</returns>
    /// <exception cref="DiffusionException">A finite number is beyond float32; the message names row and column.</exception>
    public PointSet ToPoints(string source) => ToPoints(source, rowsBefore: 0);

    /// <summary>Returns the same numbers as a table with typed columns.</summary>
    public Table ToTable()
        => new([.. Enumerable.Range(0, Width).Select(column => new NumberColumn(NameOf(column), ColumnOf(column)))], Columns is not null);

    /// <summary>Gets the name of a column, or its number from 1 where it has none.</summary>
    /// <param name="column">The position of the column, from 0.</param>
    public string NameOf(int column) => Columns?[column] ?? (column + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Gets the same memory as <see cref="Values"/>, for interfaces that cannot take a span.</summary>
    public ReadOnlyMemory<double> AsMemory() => _values;

    private double[] ColumnOf(int column)
    {
        double[] values = new double[Count];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = _values[(row * Width) + column];
        }

        return values;
    }

    /// <summary>Rounds the numbers of a piece of a table to float32.</summary>
    /// <param name="source">What to call the whole table in messages.</param>
    /// <param name="rowsBefore">The number of rows of the table before this piece, so that messages count from the start of the
    /// table.</param>
    internal PointSet ToPoints(string source, long rowsBefore)
    {
        float[] points = new float[_values.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (float)_values[i];
            if (float.IsInfinity(points[i]) && double.IsFinite(_values[i]))
            {
                throw new DiffusionException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{source}', row {rowsBefore + (i / Width) + 1}, column {NameOf(i % Width)}: "
                        + $"{_values[i]} is beyond float32 (3.4e38). Scale the column."));
            }
        }

        return new PointSet(points, Width, Columns);
    }
}
