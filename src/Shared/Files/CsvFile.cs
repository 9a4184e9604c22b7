using System.Globalization;
using CsvHelper;
using Diffusion.Points;

namespace Diffusion.Files;

/// <summary>Points as comma-separated text (RFC 4180): one point a line, in invariant notation, under a header where the columns have names.</summary>
public static class CsvFile
{
    private static readonly CsvReaderOptions Reading = new() { HasHeader = false, TrimWhitespace = true, TrackLineNumbers = true };
    private static readonly CsvWriterOptions Writing = new() { HasHeader = false, NewLine = "\n" };

    /// <summary>Writes points; float32 values read back exactly.</summary>
    public static void Write(Stream stream, PointSet points)
    {
        ArgumentNullException.ThrowIfNull(points);
        using CsvWriter csv = CsvWriter.Create(stream, Writing, leaveOpen: true);
        if (points.Columns is not null)
        {
            csv.WriteRecord([.. points.Columns]);
        }

        for (int i = 0; i < points.Count; i++)
        {
            foreach (float value in points[i])
            {
                csv.WriteField(value);
            }

            csv.EndRecord();
        }
    }

    /// <summary>Reads points. A first line without a number names the columns.</summary>
    /// <exception cref="DiffusionException">The file is missing, empty or ragged, or a field is not a finite number; the message names line and column.</exception>
    public static PointSet Read(string path)
    {
        using CsvReader csv = CsvReader.Create(InputFile.Open(path), Reading);
        List<float> values = [];
        string[]? columns = null;
        int dimension = 0;
        while (Next(csv, path))
        {
            if (dimension == 0)
            {
                dimension = csv.FieldCount;
                if (!Enumerable.Range(0, dimension).Any(column => TryParse(csv, column, out _)))
                {
                    columns = [.. Enumerable.Range(0, dimension).Select(csv.GetString)];
                    continue;
                }
            }

            if (csv.FieldCount != dimension)
            {
                throw new DiffusionException($"'{path}', line {csv.LineNumber}: {dimension} columns are expected, there are {csv.FieldCount}.");
            }

            for (int column = 0; column < dimension; column++)
            {
                values.Add(TryParse(csv, column, out float value)
                    ? value
                    : throw new DiffusionException($"'{path}', line {csv.LineNumber}, column {columns?[column] ?? $"{column + 1}"}: a finite number is expected, found '{csv.GetString(column)}'."));
            }
        }

        return values.Count > 0
            ? new PointSet([.. values], dimension, columns)
            : throw new DiffusionException($"'{path}' has no points: at least one line of numbers is expected.");
    }

    private static bool Next(CsvReader csv, string path)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new DiffusionException($"'{path}' is not comma-separated text: {exception.Message}", exception);
        }
    }

    private static bool TryParse(CsvReader csv, int column, out float value)
        => float.TryParse(csv.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
