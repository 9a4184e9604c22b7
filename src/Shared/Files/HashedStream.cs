using System.Security.Cryptography;

namespace Diffusion.Files;

/// <summary>Reads a file and computes the SHA-256 of what it has read, so that the hash is that of the content in use and not of a file
/// that has been replaced meanwhile.</summary>
/// <param name="file">The file, at its beginning; disposed with this stream.</param>
internal sealed class HashedStream(FileStream file) : ReadingStream
{
    private const int BlockLength = 1 << 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is left of the file.</summary>
    /// <returns>The SHA-256 of the whole file in hexadecimal.</returns>
    public string Complete()
    {
        byte[] block = new byte[BlockLength];
        while (Read(block) > 0)
        {
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
