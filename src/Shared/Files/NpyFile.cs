using System.Runtime.InteropServices;
using Diffusion.Points;

namespace Diffusion.Files;

/// <summary>NumPy's .npy files: little-endian float32 in C order, <c>[n, d]</c>; float64 is read as well.</summary>
public static class NpyFile
{
    private const string Float32 = "<f4";
    private const string Float64 = "<f8";
    private const int PointAxes = 2;

    /// <summary>Writes points as float32 <c>[n, d]</c>.</summary>
    public static void Write(Stream stream, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        WriteHeader(stream, points.Count, points.Dimension);
        WriteValues(stream, points.Values);
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
    /// <exception cref="DiffusionException">The file is missing, truncated, in Fortran order, or not a float array <c>[n, d]</c>.</exception>
    public static PointSet Read(string path)
    {
        using FileStream stream = InputFile.Open(path);
        NpyHeader header = NpyHeader.Read(stream, path);
        if (header.FortranOrder)
        {
            throw new DiffusionException($"'{path}' is in Fortran order; C order is expected. Save it with numpy.ascontiguousarray.");
        }

        if (header.Shape.Count != PointAxes || header.Shape.Any(length => length < 1))
        {
            throw new DiffusionException($"'{path}' has shape ({string.Join(", ", header.Shape)}); an array [n, d] with at least one point is expected.");
        }

        return header.ElementType switch
        {
            Float32 => new PointSet(ReadValues<float>(stream, header, path), (int)header.Shape[1]),
            Float64 => new PointSet(Array.ConvertAll(ReadValues<double>(stream, header, path), value => (float)value), (int)header.Shape[1]),
            _ => throw new DiffusionException($"'{path}' has elements of type {header.ElementType}; {Float32} (float32) or {Float64} (float64) is expected."),
        };
    }

    private static T[] ReadValues<T>(Stream stream, NpyHeader header, string path)
        where T : unmanaged
    {
        long inFile = stream.Length - stream.Position;
        UInt128 expected = (UInt128)header.Shape[0] * (UInt128)header.Shape[1] * (UInt128)Marshal.SizeOf<T>();
        if (expected != (UInt128)inFile)
        {
            string verdict = expected > (UInt128)inFile ? "truncated" : "too long";
            throw new DiffusionException($"'{path}' is {verdict}: its shape ({string.Join(", ", header.Shape)}) needs {expected} bytes of data, the file has {inFile}.");
        }

        if (expected / (UInt128)Marshal.SizeOf<T>() > (UInt128)Array.MaxLength)
        {
            throw new DiffusionException($"'{path}' has the shape ({string.Join(", ", header.Shape)}); at most {Array.MaxLength} values can be read. Split it.");
        }

        T[] values = new T[header.Shape[0] * header.Shape[1]];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
