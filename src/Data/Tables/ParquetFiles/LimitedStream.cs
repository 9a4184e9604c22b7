using Diffusion.Files;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>
/// The content of a file that is read in parts, each about once. The places of a damaged file may point to each other in a circle, or
/// behind its end; who follows them for ever is stopped.
/// </summary>
/// <param name="file">The file; left open.</param>
internal sealed class LimitedStream(FileStream file) : ReadingStream
{
    /// <summary>Some parts, such as the list of columns, are read more than once.</summary>
    private const int MostReadings = 8;

    private long _left = MostReadings * (file.Length + MostReadings);

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);

        // A reading behind the end counts as well.
        _left -= Math.Max(1, read);
        return _left >= 0 ? read : throw new InvalidDataException("its parts overlap, or go beyond its end");
    }
}
