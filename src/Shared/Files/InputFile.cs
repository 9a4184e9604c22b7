namespace Diffusion.Files;

/// <summary>Opens files that a user names.</summary>
public static class InputFile
{
    /// <summary>The largest file that is read as a whole, in bytes: far more than a small diffusion model has.</summary>
    public const int LargestWhole = 1 << 30;

    private const int BlockLength = 1 << 16;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="DiffusionException">There is no such file, it is a folder, or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new DiffusionException("The file name must not be empty.");
        }

        if (Directory.Exists(path))
        {
            throw new DiffusionException($"'{path}' is a folder; a file is required.");
        }

        try
        {
            if (new FileInfo(FileLink.Target(path)) is { Exists: true, Length: 0 } empty)
            {
                RequireNoPipe(path, empty);
            }

            FileStream stream = File.OpenRead(path);
            if (stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
            throw Pipe(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DiffusionException($"The file '{path}' does not exist.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiffusionException($"Cannot read '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The content, from here on; left open.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="DiffusionException">There are more than <see cref="LargestWhole"/> bytes.</exception>
    public static byte[] ReadBytes(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream content = new();
        byte[] block = new byte[BlockLength];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            if (content.Length + read > LargestWhole)
            {
                throw new DiffusionException($"'{source}' is too large; at most {LargestWhole} bytes can be read.");
            }

            content.Write(block, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DiffusionException">The file cannot be opened, or has more than <see cref="LargestWhole"/> bytes.</exception>
    public static byte[] ReadBytes(string path)
    {
        using FileStream stream = Open(path);
        if (stream.Length > LargestWhole)
        {
            throw new DiffusionException($"'{path}' has {stream.Length} bytes; at most {LargestWhole} can be read.");
        }

        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Who opens a pipe to read waits for somebody to write, perhaps for ever; opened for both, it is known at once.</summary>
    private static void RequireNoPipe(string path, FileInfo empty)
    {
        try
        {
            using FileStream probe = empty.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!probe.CanSeek)
            {
                throw Pipe(path);
            }
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DiffusionException($"'{path}' is empty or a pipe; a regular file with content is required.", exception);
        }
    }

    private static DiffusionException Pipe(string path) => new($"'{path}' is a pipe; a regular file is required.");
}
