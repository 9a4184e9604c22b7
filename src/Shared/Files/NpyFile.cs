using System.Globalization;
using System.Runtime.InteropServices;
using Diffusion.Points;

namespace Diffusion.Files;

/// <summary>NumPy's .npy files: little-endian float32 in C order, <c>[n, d]</c>; float64 and Fortran order are read as well.</summary>
public static class NpyFile
{
    private const string Float32 = "<f4";
    private const string Float64 = "<f8";
    private const int PointAxes = 2;

    /// <summary>Writes points as float32 <c>[n, d]</c>.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="count">The number n of points in all.</param>
    /// <param name="pieces">The points, piece by piece; none is kept.</param>
    public static void Write(Stream stream, long count, IEnumerable<PointSet> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        long written = 0;
        foreach (PointSet piece in pieces)
        {
            if (written == 0)
            {
                WriteHeader(stream, count, piece.Dimension);
            }

            WriteValues(stream, piece.Values);
            written += piece.Count;
        }

        if (written != count)
        {
            throw new ArgumentException(Invariant($"There must be {count} points in all, were {written}."), nameof(pieces));
        }
    }

    /// <summary>Writes the header of a float32 array whose values follow in pieces.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="shape">The lengths of the axes.</param>
    public static void WriteHeader(Stream stream, params IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new NpyHeader(Float32, FortranOrder: false, shape).Write(stream);
    }

    /// <summary>Writes values after a header.</summary>
    public static void WriteValues(Stream stream, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads points from a two-dimensional array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">The columns to read, by number.</param>
    /// <exception cref="DiffusionException">The file is missing or truncated, not a float array <c>[n, d]</c>, or a value is not finite; the message names row and column.</exception>
    public static PointSet Read(string path, ColumnChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        using FileStream stream = InputFile.Open(path);
        NpyHeader header = NpyHeader.Read(stream, path);
        if (header.Shape.Count != PointAxes || header.Shape.Any(length => length < 1))
        {
            throw new DiffusionException($"'{path}' has shape ({header.Lengths}); an array [n, d] with at least one point is expected.");
        }

        float[] values = header.ElementType switch
        {
            Float32 => ReadValues<float>(stream, header, path),
            Float64 => Array.ConvertAll(ReadValues<double>(stream, header, path), value => (float)value),
            _ => throw new DiffusionException($"'{path}' has elements of type {header.ElementType}; {Float32} (float32) or {Float64} (float64) is expected."),
        };
        int fields = (int)header.Shape[1];
        return Select(values, header, choice.Resolve(null, fields, path), path);
    }

    /// <summary>The chosen columns, row by row whatever the order in the file.</summary>
    private static PointSet Select(float[] values, NpyHeader header, int[] columns, string path)
    {
        int rows = (int)header.Shape[0];
        int fields = (int)header.Shape[1];
        float[] selected = new float[rows * columns.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < columns.Length; k++)
            {
                int column = columns[k];
                float value = values[header.FortranOrder ? (column * rows) + row : (row * fields) + column];
                selected[(row * columns.Length) + k] = float.IsFinite(value)
                    ? value
                    : throw new DiffusionException(string.Create(CultureInfo.InvariantCulture, $"'{path}', row {row + 1}, column {column + 1}: a finite number is expected, found {value}."));
            }
        }

        return new PointSet(selected, columns.Length);
    }

    private static T[] ReadValues<T>(Stream stream, NpyHeader header, string path)
        where T : unmanaged
    {
        long inFile = stream.Length - stream.Position;
        UInt128 expected = (UInt128)header.Shape[0] * (UInt128)header.Shape[1] * (UInt128)Marshal.SizeOf<T>();
        if (expected != (UInt128)inFile)
        {
            string verdict = expected > (UInt128)inFile ? "truncated" : "too long";
            throw new DiffusionException($"'{path}' is {verdict}: its shape ({header.Lengths}) needs {expected} bytes of data, the file has {inFile}.");
        }

        if (expected / (UInt128)Marshal.SizeOf<T>() > (UInt128)Array.MaxLength)
        {
            throw new DiffusionException($"'{path}' has the shape ({header.Lengths}); at most {Array.MaxLength} values can be read. Split it.");
        }

        T[] values = new T[header.Shape[0] * header.Shape[1]];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
