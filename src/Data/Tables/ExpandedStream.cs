using System.IO.Compression;

namespace Diffusion.Data.Tables;

/// <summary>Expands a .gz file, and refuses one that grows beyond all measure: a few kilobytes can stand for terabytes.</summary>
/// <param name="file">The file, at its beginning; disposed with this stream.</param>
/// <param name="path">Its name, for messages.</param>
internal sealed class ExpandedStream(Stream file, string path) : Stream
{
    /// <summary>No table that fits into memory is larger, in bytes.</summary>
    private const long Largest = 1L << 34;

    /// <summary>So many bytes are expanded whatever the ratio.</summary>
    private const long AlwaysExpanded = 1L << 26;

    /// <summary>Tables, even of few different values, are compressed less.</summary>
    private const int LargestRatio = 1000;

    private readonly GZipStream _expanded = new(file, CompressionMode.Decompress);
    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _expanded.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new DiffusionException($"'{path}' is no .gz file, or is damaged or truncated. Compress the table anew.", exception);
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

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _expanded.Dispose();
        }

        base.Dispose(disposing);
    }
}
