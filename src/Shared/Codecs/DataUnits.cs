using Diffusion.Points;
using Diffusion.Samples;

namespace Diffusion.Codecs;

/// <summary>Goes between the units of the data and what the network sees, (x − shift)/scale.</summary>
public static class DataUnits
{
    /// <summary>Returns samples as points in the units of the data.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    public static PointSet Restore(DataInfo data, SampleBatch samples)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(samples);
        data.RequirePoints();
        float[] restored = new float[samples.Values.Length];
        Restore(data, samples.Values, restored);
        return new PointSet(restored, samples.Shape.Size, data.Columns);
    }

    /// <summary>Writes the points in the units of the data.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="x">Points as the network sees them, <c>[n, d]</c>.</param>
    /// <param name="destination">Receives the points in the units of the data, <c>[n, d]</c>; may be the same memory.</param>
    public static void Restore(DataInfo data, ReadOnlySpan<float> x, Span<float> destination)
        => Transform(data, x, destination, Restore);

    /// <summary>Returns points as samples in the units of the network.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="points">Points in the units of the data, <c>[n, d]</c>.</param>
    public static SampleBatch Standardize(DataInfo data, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(points);
        data.RequirePoints();
        float[] standard = new float[points.Values.Length];
        Transform(data, points.Values, standard, Standardize);
        return new SampleBatch(standard, data.Shape);
    }

    /// <summary>Makes a table of samples, in double precision, with the constants in their places.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="samples">The samples, <c>[n, d]</c>.</param>
    /// <returns>The rows in the units of the data, <c>[n, D]</c>.</returns>
    public static NumericTable RestoreTable(DataInfo data, SampleBatch samples)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(samples);
        return Place(data, samples, data.Shift is null && data.Scale is null
            ? (value, _) => value
            : (value, k) => Restore(data, value, k) + 0.0);
    }

    /// <summary>Returns coordinate <paramref name="k"/> of a point in the units of the data: value·scale + shift.</summary>
    internal static double Restore(DataInfo data, double value, int k) => (value * (data.Scale?[k] ?? 1)) + (data.Shift?[k] ?? 0);

    /// <summary>Returns coordinate <paramref name="k"/> of a point as the network sees it: (value − shift)/scale.</summary>
    internal static double Standardize(DataInfo data, double value, int k) => (value - (data.Shift?[k] ?? 0)) / (data.Scale?[k] ?? 1);

    /// <summary>Makes a table of samples that are in the units of the data already, with the constants in their places.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="samples">The samples in the units of the data, <c>[n, d]</c>.</param>
    /// <returns>The rows, <c>[n, D]</c>.</returns>
    internal static NumericTable AddConstants(DataInfo data, SampleBatch samples) => Place(data, samples, (value, _) => value);

    /// <summary>The rows of a table as the network sees them. The difference to the shift is taken in double precision, and only then
    /// rounded.</summary>
    /// <param name="data">What the model says about its data.</param>
    /// <param name="table">Rows in the units of the data: all columns, <c>[n, D]</c>, or the learned ones, <c>[n, d]</c>.</param>
    /// <exception cref="DiffusionException">The table has another width.</exception>
    public static SampleBatch Standardize(DataInfo data, NumericTable table)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(table);
        data.RequirePoints();
        if (table.Width != data.Width && table.Width != data.Dimension)
        {
            string constants = data.Constants is null ? "" : Invariant($", or {data.Width} with the constant columns");
            throw new DiffusionException(
                Invariant($"The model was trained on {data.Dimension} columns{constants}; found {table.Width}."));
        }

        int[] positions = table.Width == data.Dimension ? [.. Enumerable.Range(0, data.Dimension)] : data.LearnedPositions();
        float[] standard = new float[table.Count * data.Dimension];
        for (int i = 0; i < standard.Length; i++)
        {
            (int row, int k) = (i / data.Dimension, i % data.Dimension);
            double value = table.Values[(row * table.Width) + positions[k]];
            standard[i] = (float)Standardize(data, value, k) + 0f;
        }

        return new SampleBatch(standard, data.Shape);
    }

    /// <summary>Puts coordinates into their columns, and the constants into theirs.</summary>
    private static NumericTable Place(DataInfo data, SampleBatch samples, Func<double, int, double> unit)
    {
        double[] rows = new double[(long)samples.Count * data.Width];
        int[] positions = data.LearnedPositions();
        for (int i = 0; i < samples.Values.Length; i++)
        {
            (int row, int k) = (i / data.Dimension, i % data.Dimension);
            rows[(row * data.Width) + positions[k]] = unit(samples.Values[i], k);
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
