using Diffusion.Files;
using Diffusion.Points;

namespace Diffusion.Data.Tables;

/// <summary>Reads and writes points in the format that a file's name ends in.</summary>
public static class PointFile
{
    private const string Npy = ".npy";
    private const string Csv = ".csv";

    /// <summary>Whether a name ends in .npy or .csv.</summary>
    public static bool IsPointFile(string path) => HasEnding(path, Npy) || HasEnding(path, Csv);

    /// <summary>Reads points from a .npy or .csv file; numbers are rounded to float32.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns to read; by default all.</param>
    /// <exception cref="DiffusionException">The name has another ending, the file is not usable, or a number is beyond float32.</exception>
    public static PointSet Read(string path, ColumnChoice? columns = null)
    {
        RequireEnding(path);
        columns ??= ColumnChoice.All;
        return HasEnding(path, Npy) ? NpyFile.Read(path, columns) : CsvFile.Read(path, columns);
    }

    /// <summary>Reads a table from a .npy or .csv file, in double precision.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">How to read it; by default all columns.</param>
    /// <exception cref="DiffusionException">The name has another ending, or the file is not usable.</exception>
    public static TableContent ReadTable(string path, TableReading? reading = null)
    {
        RequireEnding(path);
        reading ??= new TableReading();
        return HasEnding(path, Npy) ? NpyFile.ReadContent(path, reading) : CsvFile.ReadTable(path, reading);
    }

    /// <summary>Writes a .npy or .csv file, whole or not at all.</summary>
    /// <exception cref="DiffusionException">The name has another ending, or the place cannot be written.</exception>
    public static void Write(string path, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        Write(path, points.Count, [points]);
    }

    /// <summary>Writes a .npy or .csv file, whole or not at all, of points that need not be in memory at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">The number n of points in all.</param>
    /// <param name="pieces">The points, piece by piece; none is kept.</param>
    /// <exception cref="DiffusionException">The name has another ending, or the place cannot be written.</exception>
    public static void Write(string path, long count, IEnumerable<PointSet> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Write(path, count, pieces.Select(NumericTable.FromPoints), NumberWidth.Bits32);
    }

    /// <summary>Writes a .npy or .csv file, whole or not at all, of rows that need not be in memory at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">The number n of rows in all.</param>
    /// <param name="pieces">The rows, piece by piece; none is kept.</param>
    /// <param name="width">The precision of the numbers.</param>
    /// <exception cref="DiffusionException">The name has another ending, the place cannot be written, or a number is beyond the
    /// precision.</exception>
    public static void Write(string path, long count, IEnumerable<NumericTable> pieces, NumberWidth width)
    {
        RequireEnding(path);
        AtomicFile.Write(path, stream =>
        {
            if (HasEnding(path, Npy))
            {
                NpyFile.Write(stream, count, pieces, width);
            }
            else
            {
                CsvFile.Write(stream, pieces, width);
            }
        });
    }

    /// <summary>Refuses a name that ends in neither .npy nor .csv.</summary>
    /// <exception cref="DiffusionException">The name has another ending.</exception>
    public static void RequireEnding(string path)
    {
        if (!IsPointFile(path))
        {
            throw new DiffusionException($"A file of points must be a .npy or .csv file; '{path}' has another extension.");
        }
    }

    /// <summary>Whether a name ends in .npy.</summary>
    public static bool IsNpy(string path) => HasEnding(path, Npy);

    private static bool HasEnding(string path, string ending) => Path.GetExtension(path).Equals(ending, StringComparison.OrdinalIgnoreCase);
}
