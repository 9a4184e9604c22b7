using Diffusion.Files;

namespace Diffusion.Data.Tables.ParquetFiles;

/// <summary>A Parquet file that is read, and the limits of reading it: a damaged or hostile file says anything of its size.</summary>
internal sealed class ParquetSource : IDisposable
{
    /// <summary>Longer reasons lose their middle in messages.</summary>
    private const int LongestReason = 120;

    private readonly HashedStream _hashed;
    private readonly FileStream _file;

    /// <exception cref="DiffusionException">There is no such file.</exception>
    public ParquetSource(string path)
    {
        Path = path;
        _file = InputFile.Open(path);
        _hashed = new HashedStream(_file);
        Sha256 = _hashed.Complete();
        Stream = new LimitedStream(_file);
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets its SHA-256 in hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Gets its content.</summary>
    public Stream Stream { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="read">Reads it.</param>
    /// <exception cref="DiffusionException">It is no Parquet file, or is damaged.</exception>
    public T Run<T>(Func<Task<T>> read)
    {
        try
        {
            // On a thread without a synchronization context, which would wait for this one.
            return Task.Run(read).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not DiffusionException)
        {
            throw new DiffusionException(
                $"'{Path}' is no Parquet file, is damaged, or uses what cannot be read: "
                    + $"{PlainText.Of(exception.Message, LongestReason).TrimEnd('.')}. Write the table anew.",
                exception);
        }
    }

    /// <summary>Refuses a table that a file of this size cannot hold, or that does not fit into memory.</summary>
    /// <param name="rows">The number of rows that the file says it has.</param>
    /// <param name="columns">The number of columns that are read.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="DiffusionException">There is no row, or there are too many.</exception>
    public int CheckSize(long rows, int columns)
    {
        if (rows < 1)
        {
            throw new DiffusionException($"'{Path}' has no rows; at least 1 row is required.");
        }

        if (rows > Array.MaxLength)
        {
            throw new DiffusionException($"'{Path}' has {rows} rows; at most {Array.MaxLength} can be read. Split the file.");
        }

        ExpansionLimit.Check(Path, _file.Length, rows * columns * sizeof(double));
        return (int)rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _hashed.Dispose();
}
