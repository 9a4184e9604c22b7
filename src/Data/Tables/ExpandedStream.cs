using System.Buffers.Binary;
using System.IO.Compression;
using Diffusion.Files;

namespace Diffusion.Data.Tables;

/// <summary>Expands a .gz file, and refuses one that grows beyond all measure.</summary>
/// <param name="file">The file, at its beginning; disposed with this stream.</param>
/// <param name="length">The length of its content, as <see cref="ReadLength"/> found it.</param>
/// <param name="path">Its name, for messages.</param>
internal sealed class ExpandedStream(Stream file, uint length, string path) : ReadingStream
{
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
        ExpansionLimit.Check(path, file.Length, _length);
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
