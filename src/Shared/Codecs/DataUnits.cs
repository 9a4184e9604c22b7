using Diffusion.Points;

namespace Diffusion.Codecs;

/// <summary>Goes between the units of the data and what the network sees, (x − shift)/scale.</summary>
public static class DataUnits
{
    /// <summary>The points in the units of the data.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points as the network sees them, <c>[n, d]</c>.</param>
    public static PointSet Restore(DataInfo data, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(points);
        float[] restored = new float[points.Values.Length];
        Restore(data, points.Values, restored);
        return new PointSet(restored, points.Dimension, data.Columns);
    }

    /// <summary>Writes the points in the units of the data.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="x">Points as the network sees them, <c>[n, d]</c>.</param>
    /// <param name="destination">Receives the points in the units of the data, <c>[n, d]</c>; may be the same memory.</param>
    public static void Restore(DataInfo data, ReadOnlySpan<float> x, Span<float> destination)
        => Transform(data, x, destination, Restore);

    /// <summary>The points as the network sees them.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points in the units of the data, <c>[n, d]</c>.</param>
    public static PointSet Standardize(DataInfo data, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(points);
        float[] standard = new float[points.Values.Length];
        Transform(data, points.Values, standard, Standardize);
        return new PointSet(standard, points.Dimension);
    }

    /// <summary>Makes a table of points, in double precision, with the constants in their places.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points as the network sees them, <c>[n, d]</c>.</param>
    /// <returns>The rows in the units of the data, <c>[n, D]</c>.</returns>
    public static NumericTable RestoreTable(DataInfo data, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(points);
        return Place(data, points, data.Shift is null && data.Scale is null
            ? (value, _) => value
            : (value, k) => Restore(data, value, k) + 0.0);
    }

    /// <summary>Returns coordinate <paramref name="k"/> of a point in the units of the data: value·scale + shift.</summary>
    internal static double Restore(DataInfo data, double value, int k) => (value * (data.Scale?[k] ?? 1)) + (data.Shift?[k] ?? 0);

    /// <summary>Returns coordinate <paramref name="k"/> of a point as the network sees it: (value − shift)/scale.</summary>
    internal static double Standardize(DataInfo data, double value, int k) => (value - (data.Shift?[k] ?? 0)) / (data.Scale?[k] ?? 1);

    /// <summary>Makes a table of points that are in the units of the data already, with the constants in their places.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points in the units of the data, <c>[n, d]</c>.</param>
    /// <returns>The rows, <c>[n, D]</c>.</returns>
    internal static NumericTable AddConstants(DataInfo data, PointSet points) => Place(data, points, (value, _) => value);

    /// <summary>The rows of a table as the network sees them. The difference to the shift is taken in double precision, and only then
    /// rounded.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="table">Rows in the units of the data: all columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <exception cref="DiffusionException">The table has another width.</exception>
    public static PointSet Standardize(DataInfo data, NumericTable table)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Width != data.Width && table.Width != data.Dimension)
        {
            string constants = data.Constants is null ? "" : FormattableString.Invariant($", or {data.Width} with the constant columns");
            throw new DiffusionException(
                FormattableString.Invariant($"The model was trained on {data.Dimension} columns{constants}; found {table.Width}."));
        }

        int[] positions = table.Width == data.Dimension ? [.. Enumerable.Range(0, data.Dimension)] : data.LearnedPositions();
        float[] standard = new float[table.Count * data.Dimension];
        for (int i = 0; i < standard.Length; i++)
        {
            (int row, int k) = (i / data.Dimension, i % data.Dimension);
            double value = table.Values[(row * table.Width) + positions[k]];
            standard[i] = (float)Standardize(data, value, k) + 0f;
        }

        return new PointSet(standard, data.Dimension);
    }

    /// <summary>Puts coordinates into their columns, and the constants into theirs.</summary>
    private static NumericTable Place(DataInfo data, PointSet points, Func<double, int, double> unit)
    {
        double[] rows = new double[(long)points.Count * data.Width];
        int[] positions = data.LearnedPositions();
        for (int i = 0; i < points.Values.Length; i++)
        {
            (int row, int k) = (i / data.Dimension, i % data.Dimension);
            rows[(row * data.Width) + positions[k]] = unit(points.Values[i], k);
        }

        foreach (ConstantColumn constant in data.Constants ?? [])
        {
            for (int i = constant.Position; i < rows.Length; i += data.Width)
            {
                rows[i] = constant.Value;
            }
        }

        return new NumericTable(rows, data.Width, data.TableColumns());
    }

    private static void Transform(DataInfo data, ReadOnlySpan<float> x, Span<float> destination, Func<DataInfo, double, int, double> apply)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Scale is null && data.Shift is null)
        {
            x.CopyTo(destination);
            return;
        }

        for (int i = 0; i < destination.Length; i++)
        {
            // The sum makes −0 a plain 0.
            destination[i] = (float)apply(data, x[i], i % data.Dimension) + 0f;
        }
    }
}
