using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Diffusion.Data.Tables;

/// <summary>The header of a .npy file, version 1.0 (NumPy Enhancement Proposal 1): element type, order and shape.</summary>
/// <param name="ElementType">NumPy's code, such as "&lt;f4" for little-endian float32.</param>
/// <param name="FortranOrder">Whether columns come first.</param>
/// <param name="Shape">The lengths of the axes.</param>
internal sealed partial record NpyHeader(string ElementType, bool FortranOrder, IReadOnlyList<long> Shape)
{
    private const int Alignment = 64;
    private const int LongestHeader = 65_535;
    private const int VersionLength = 2;
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>The lengths of the axes, for people.</summary>
    public string Lengths => string.Join(", ", Shape.Select(length => Invariant($"{length}")));

    /// <summary>Writes the header, padded so that the data start at a multiple of 64 bytes.</summary>
    public void Write(Stream stream)
    {
        string shape = Lengths + (Shape.Count == 1 ? "," : "");
        string text = $"{{'descr': '{ElementType}', 'fortran_order': {(FortranOrder ? "True" : "False")}, 'shape': ({shape}), }}";
        int fixedLength = Magic.Length + VersionLength + sizeof(ushort);
        int padded = ((fixedLength + text.Length + 1 + Alignment - 1) / Alignment * Alignment) - fixedLength;
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded);
        stream.Write(Magic);
        stream.Write([1, 0]);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(padded - 1) + '\n'));
    }

    /// <summary>Reads the header and leaves the stream at the first element.</summary>
    /// <exception cref="DiffusionException">The file is not a .npy file or its header is damaged.</exception>
    public static NpyHeader Read(Stream stream, string path)
    {
        byte[] start = new byte[Magic.Length + VersionLength];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new DiffusionException($"'{path}' is not a .npy file: it does not begin with \\x93NUMPY. Write it with numpy.save.");
        }

        int major = start[Magic.Length];
        byte[] lengthBytes = new byte[major == 1 ? sizeof(ushort) : sizeof(uint)];
        long length = stream.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false) < lengthBytes.Length ? long.MaxValue
            : major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        byte[] text = new byte[Math.Min(length, LongestHeader)];
        if (length > LongestHeader || stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new DiffusionException($"'{path}' is truncated: the header of the .npy file is incomplete.");
        }

        return Parse(Encoding.Latin1.GetString(text), path);
    }

    private static NpyHeader Parse(string text, string path)
    {
        Match type = ElementTypePattern().Match(text);
        Match order = OrderPattern().Match(text);
        Match shape = ShapePattern().Match(text);
        string[] axes = shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        long[] lengths = new long[axes.Length];
        bool allNumbers = axes.Select((axis, i) => long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out lengths[i]))
            .All(ok => ok);
        return type.Success && order.Success && shape.Success && allNumbers
            ? new NpyHeader(type.Groups[1].Value, order.Groups[1].Value == "True", lengths)
            : throw new DiffusionException($"'{path}' has a .npy header that cannot be read: {text.Trim()}");
    }

    [GeneratedRegex(@"'descr':\s*'([^']*)'")]
    private static partial Regex ElementTypePattern();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape':\s*\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
