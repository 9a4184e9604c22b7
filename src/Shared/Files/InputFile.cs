namespace Diffusion.Files;

/// <summary>Opens files that a user names.</summary>
public static class InputFile
{
    /// <summary>The largest file that is read as a whole, in bytes: far more than a small diffusion model has.</summary>
    public const int LargestWhole = 1 << 30;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="DiffusionException">There is no such file, it is a folder, or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new DiffusionException("The name of a file is expected, was empty.");
        }

        if (Directory.Exists(path))
        {
            throw new DiffusionException($"'{path}' is a folder; a file is expected.");
        }

        try
        {
            FileStream stream = File.OpenRead(path);
            if (stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
            throw new DiffusionException($"'{path}' is a pipe; a file is expected.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DiffusionException($"There is no file '{path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiffusionException($"Cannot read '{path}': {exception.Message}", exception);
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DiffusionException">The file cannot be opened, or has more than <see cref="LargestWhole"/> bytes.</exception>
    public static byte[] ReadBytes(string path)
    {
        using FileStream stream = Open(path);
        if (stream.Length > LargestWhole)
        {
            throw new DiffusionException($"'{path}' has {stream.Length} bytes; at most {LargestWhole} are expected.");
        }

        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
