using Diffusion.Files;

namespace Diffusion.Data.Tables;

/// <summary>The text of a file from its beginning, expanded where the file is compressed.</summary>
internal sealed class TextContent : IDisposable
{
    private readonly HashedStream _file;

    /// <exception cref="DiffusionException">There is no such file.</exception>
    public TextContent(string path)
    {
        FileStream file = InputFile.Open(path);
        uint length = IsCompressed(path) ? ExpandedStream.ReadLength(file) : 0;
        _file = new(file);
        Stream = IsCompressed(path) ? new ExpandedStream(_file, length, path) : _file;
    }

    /// <summary>Gets the text.</summary>
    public Stream Stream { get; }

    /// <summary>Whether a name ends in .gz.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what is left of the file.</summary>
    /// <returns>The SHA-256 of the file, compressed as it is, in hexadecimal.</returns>
    public string Complete() => _file.Complete();

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();
}
