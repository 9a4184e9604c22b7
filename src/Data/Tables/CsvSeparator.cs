using System.Buffers;
using System.Text;
using CsvHelper;
using Diffusion.Data.Tables.Typed.Formats;

namespace Diffusion.Data.Tables;

/// <summary>What separates the columns of a file.</summary>
internal static class CsvSeparator
{
    /// <summary>Spreadsheets name the separator in a first line of this form.</summary>
    private const string Hint = "sep=";

    /// <summary>Where two fit alike, the first one is taken.</summary>
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    private static readonly SearchValues<byte> SeparatorBytes = SearchValues.Create([.. Separators.Select(separator => (byte)separator)]);

    /// <summary>
    /// The separator that cuts every line at the beginning of the file into equally many cells, at least two, most of which are numbers;
    /// one that leaves quotes where none can be only if there is no other; null if no separator does, or if the first line names it: the
    /// reader then decides.
    /// </summary>
    /// <param name="sample">The beginning of the file, to the end of a line.</param>
    public static char? Find(string sample)
    {
        if (sample.StartsWith(Hint, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (CsvMalformedDataHandling quotes in new[] { CsvMalformedDataHandling.Throw, CsvMalformedDataHandling.Recover })
        {
            CsvReaderOptions options = CsvSource.Reading with { MalformedData = quotes };
            (char separator, double? score) = Separators
                .Select(separator => (separator, Score(sample, options with { Separator = separator })))
                .MaxBy(found => found.Item2 ?? double.NegativeInfinity);
            if (score is not null)
            {
                return separator;
            }
        }

        return null;
    }

    /// <summary>The share of cells that are numbers, less the share of those in which another separator is left; null where lines have
    /// different numbers of cells, or one alone.</summary>
    private static double? Score(string sample, CsvReaderOptions options)
    {
        using CsvReader csv = CsvReader.Create(new StringReader(sample), options);
        (int fields, long cells, long score) = (0, 0, 0);
        try
        {
            while (csv.Read())
            {
                fields = fields == 0 ? csv.FieldCount : fields;
                if (csv.FieldCount != fields || fields < 2)
                {
                    return null;
                }

                cells += fields;
                for (int column = 0; column < fields; column++)
                {
                    bool isQuoted = csv.GetRawSpan(column).Contains((byte)'"');
                    score += IsNumber(csv.GetSpan(column)) ? 1 : !isQuoted && csv.GetSpan(column).ContainsAny(SeparatorBytes) ? -1 : 0;
                }
            }
        }
        catch (CsvFormatException)
        {
            return null;
        }

        return cells == 0 ? null : (double)score / cells;
    }

    /// <summary>Whether a cell is a number, one with groups of thousands or a currency among them.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> cell)
        => CsvCell.Parse(cell).IsNumber
            || (cell.ContainsAnyInRange((byte)'0', (byte)'9') && new NumberGuess().Fits(Encoding.UTF8.GetString(cell)));
}
