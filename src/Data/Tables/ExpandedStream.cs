using System.Buffers.Binary;
using System.IO.Compression;
using Diffusion.Files;

namespace Diffusion.Data.Tables;

/// <summary>Expands a .gz file, and refuses one that grows beyond all measure: a few kilobytes can stand for terabytes.</summary>
/// <param name="file">The file, at its beginning; disposed with this stream.</param>
/// <param name="length">The length of its content, as <see cref="ReadLength"/> found it.</param>
/// <param name="path">Its name, for messages.</param>
internal sealed class ExpandedStream(Stream file, uint length, string path) : ReadingStream
{
    /// <summary>No table that fits into memory is larger, in bytes.</summary>
    private const long Largest = 1L << 34;

    /// <summary>So many bytes are expanded whatever the ratio.</summary>
    private const long AlwaysExpanded = 1L << 26;

    /// <summary>Tables, even of few different values, are compressed less.</summary>
    private const int LargestRatio = 1000;

    private readonly GZipStream _expanded = new(file, CompressionMode.Decompress);
    private long _length;

    /// <summary>Reads the length of the content, modulo 2³², from the end of a .gz file (RFC 1952), and goes back to its
    /// beginning.</summary>
    public static uint ReadLength(FileStream file)
    {
        byte[] length = new byte[sizeof(uint)];
        file.Position = Math.Max(0, file.Length - length.Length);
        _ = file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _expanded.Read(buffer);

            // Where the file ends early, the content ends without a word.
            if (read == 0 && !buffer.IsEmpty && (uint)_length != length)
            {
                throw new InvalidDataException();
            }
        }
        catch (InvalidDataException exception)
        {
            throw new DiffusionException(
                $"'{path}' is no .gz file, or is damaged, truncated or put together from several. Compress the table anew.", exception);
        }

        _length += read;
        if (_length > Largest || (_length > AlwaysExpanded && _length / LargestRatio > file.Length))
        {
            throw new DiffusionException(
                $"'{path}' has {file.Length} bytes and expands to more than {_length}; at most {LargestRatio} times as many and {Largest} "
                    + $"bytes are read. Split the file, or expand it first.");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _expanded.Dispose();
        }

        base.Dispose(disposing);
    }
}
