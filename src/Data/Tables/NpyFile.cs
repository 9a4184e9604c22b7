using System.Runtime.InteropServices;
using Diffusion.Files;
using Diffusion.Points;

namespace Diffusion.Data.Tables;

/// <summary>NumPy's .npy files: little-endian float32 or float64 in C order, <c>[n, d]</c>; Fortran order is read as well.</summary>
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
        Write(stream, count, pieces.Select(NumericTable.FromPoints), NumberWidth.Bits32);
    }

    /// <summary>Writes a table <c>[n, D]</c>.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="count">The number n of rows in all.</param>
    /// <param name="pieces">The rows, piece by piece; none is kept.</param>
    /// <param name="width">The element type.</param>
    /// <exception cref="DiffusionException">A number is beyond the element type.</exception>
    public static void Write(Stream stream, long count, IEnumerable<NumericTable> pieces, NumberWidth width)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        long written = 0;
        foreach (NumericTable piece in pieces)
        {
            if (written == 0)
            {
                WriteHeader(stream, width, count, piece.Width);
            }

            WriteValues(stream, piece, width, written);
            written += piece.Count;
        }

        if (written != count)
        {
            throw new ArgumentException(Invariant($"{count} points are required; found {written}."), nameof(pieces));
        }
    }

    /// <summary>Writes the header of an array whose values follow in pieces.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="width">The element type.</param>
    /// <param name="shape">The lengths of the axes.</param>
    public static void WriteHeader(Stream stream, NumberWidth width, params IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new NpyHeader(width == NumberWidth.Bits64 ? Float64 : Float32, FortranOrder: false, shape).Write(stream);
    }

    /// <summary>Writes values after a header.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="piece">The values.</param>
    /// <param name="width">The element type, that of the header.</param>
    /// <exception cref="DiffusionException">A number is beyond the element type.</exception>
    public static void WriteValues(Stream stream, NumericTable piece, NumberWidth width)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(piece);
        WriteValues(stream, piece, width, rowsBefore: 0);
    }

    /// <summary>Reads points from a two-dimensional array; float64 is rounded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">The columns to read, by number.</param>
    /// <exception cref="DiffusionException">The file is missing or truncated, not a float array <c>[n, d]</c>, or a value is not finite or
    /// beyond float32; the message names row and column.</exception>
    public static PointSet Read(string path, ColumnChoice choice) => ReadTable(path, new TableReading { Columns = choice }).ToPoints(path);

    /// <summary>Reads a two-dimensional array.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">The columns to read, by number.</param>
    /// <exception cref="DiffusionException">The file is missing or truncated, not a float array <c>[n, D]</c>, or a value is not finite;
    /// the message names row and column.</exception>
    public static NumericTable ReadTable(string path, TableReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return ReadContent(path, reading).Table;
    }

    /// <summary>Reads a two-dimensional array as <see cref="ReadTable"/> does, with the hash of the file.</summary>
    internal static TableContent ReadContent(string path, TableReading reading)
    {
        if (reading.HasHeader is not null)
        {
            throw new DiffusionException(
                $"'{path}' is a .npy file, which has no header. Omit {reading.HeaderOption ?? "the choice of a header"}.");
        }

        using HashedStream stream = new(InputFile.Open(path));
        NpyHeader header = NpyHeader.Read(stream, path);
        if (header.Shape.Count != PointAxes || header.Shape.Any(length => length < 1))
        {
            throw new DiffusionException($"'{path}' has the shape ({header.Lengths}); an array [n, d] with at least 1 row is required.");
        }

        NumericTable table = header.ElementType switch
        {
            Float32 => Select(ReadValues<float>(stream, header, path), value => value, header, reading, path),
            Float64 => Select(ReadValues<double>(stream, header, path), value => value, header, reading, path),
            _ => throw new DiffusionException(
                $"'{path}' has elements of type {header.ElementType}; {Float32} (float32) or {Float64} (float64) is required."),
        };
        return new TableContent(table, []) { Sha256 = stream.Complete() };
    }

    private static void WriteValues(Stream stream, NumericTable piece, NumberWidth width, long rowsBefore)
        => stream.Write(width == NumberWidth.Bits64
            ? MemoryMarshal.AsBytes(piece.Values)
            : MemoryMarshal.AsBytes(piece.ToPoints(CsvFile.TableName, rowsBefore).Values));

    /// <summary>The chosen columns, row by row whatever the order in the file.</summary>
    private static NumericTable Select<T>(T[] values, Func<T, double> widen, NpyHeader header, TableReading reading, string path)
    {
        int rows = (int)header.Shape[0];
        int fields = (int)header.Shape[1];
        int[] columns = reading.Columns.Resolve(null, fields, path);
        double[] selected = new double[rows * columns.Length];
        List<ColumnFault> faults = [];
        for (int k = 0; k < columns.Length; k++)
        {
            ColumnFault? fault = null;
            for (int row = 0; row < rows; row++)
            {
                double value = widen(values[header.FortranOrder ? (columns[k] * rows) + row : (row * fields) + columns[k]]);
                selected[(row * columns.Length) + k] = value;
                if (!double.IsFinite(value) && !(reading.AllowsMissing && double.IsNaN(value)))
                {
                    fault = fault is null
                        ? new ColumnFault(Invariant($"{columns[k] + 1}"), Invariant($"row {row + 1}"), Invariant($"{value}"), 1)
                        : fault with { Count = fault.Count + 1 };
                }
            }

            faults.AddRange(fault is null ? [] : [fault]);
        }

        return faults.Count == 0 ? new NumericTable(selected, columns.Length) : throw ColumnFault.Describe(path, faults, advice: "");
    }

    private static T[] ReadValues<T>(Stream stream, NpyHeader header, string path)
        where T : unmanaged
    {
        long inFile = stream.Length - stream.Position;
        UInt128 expected = (UInt128)header.Shape[0] * (UInt128)header.Shape[1] * (UInt128)Marshal.SizeOf<T>();
        if (expected != (UInt128)inFile)
        {
            string verdict = expected > (UInt128)inFile ? "truncated" : "too long";
            throw new DiffusionException(
                $"'{path}' is {verdict}: its shape ({header.Lengths}) needs {expected} bytes of data; found {inFile}.");
        }

        if (expected / (UInt128)Marshal.SizeOf<T>() > (UInt128)Array.MaxLength)
        {
            throw new DiffusionException(
                $"'{path}' has the shape ({header.Lengths}); at most {Array.MaxLength} values can be read. Split the file.");
        }

        T[] values = new T[header.Shape[0] * header.Shape[1]];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
