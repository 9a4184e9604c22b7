using Diffusion.Codecs;
using Diffusion.Data.Splits;
using Diffusion.Data.Tables;
using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>A user's table, made fit for a network.</summary>
internal static class TableTrainingData
{
    /// <summary>A column of text of whose cells so many are numbers may have been meant as one of numbers.</summary>
    private const double MostlyNumbers = 0.9;

    /// <summary>Longer cells lose their middle in remarks.</summary>
    private const int LongestCell = 40;

    /// <summary>Fewer rows than these are learned by heart rather than generalised from.</summary>
    private const int FewRows = 200;

    /// <summary>Reads a file, finds out how its columns become coordinates, and sets some rows aside.</summary>
    /// <exception cref="DiffusionException">The file is not usable, or there is nothing in it to learn.</exception>
    public static TrainingSet Open(DataRequest request)
    {
        string path = request.Name;
        TableFileContent content = TableFile.Read(path, request.ToTableOptions());
        Table table = content.Table;
        if (table.Count < 2)
        {
            throw new DiffusionException($"'{path}' has {table.Count} row; at least 2 rows are required.");
        }

        HoldOutRows split = HoldOutRows.Choose(table, request.HoldOut ?? DataRequest.DefaultHoldOut, request.Seed);
        Table learned = split.Held.Length == 0 ? table : table.SelectRows(split.Learned);
        (TableSpec spec, IReadOnlyList<ColumnReport> columns) = TableFit.Fit(learned, new TableFitOptions
        {
            Types = content.Types,
            MinCount = request.MinCount,
            Target = request.Target,
        });
        if (spec.Columns.Count == 0 || spec.Dimension == 0)
        {
            string reasons = string.Join("; ", columns.Select(column => $"{column.Name}: {column.Treatment}"));
            string advice = table.Columns is [{ Name: var name }] && name.Any(char.IsWhiteSpace)
                ? "Separate the columns with commas, semicolons or tabs, not with blanks."
                : "Specify the types of its columns.";
            throw new DiffusionException($"'{path}' has no column that can be learned ({reasons}). {advice}");
        }

        DataInfo info = new()
        {
            Name = TableFile.NameOf(path),
            File = Path.GetFileName(path),
            FileSha256 = content.Sha256,
            Dimension = spec.Dimension,
            Table = spec,
        };
        return new TrainingSet(
            info,
            new TableRows(spec, learned),
            split.Held.Length == 0 ? null : new TableRows(spec, table.SelectRows(split.Held)),
            [.. content.Remarks, .. table.Columns.OfType<TextColumn>().SelectMany(Mixed), .. split.Remarks, .. Few(learned.Count)])
        {
            Columns = [.. columns.Select(column => OfAllRows(column, table[column.Name]))],
            RowCount = learned.Count,
            HoldOutShare = split.Held.Length == 0 ? 0 : request.HoldOut ?? DataRequest.DefaultHoldOut,
        };
    }

    /// <summary>The report of a column with the numbers of all rows, those held out among them.</summary>
    private static ColumnReport OfAllRows(ColumnReport report, TableColumn column)
    {
        ColumnProfile profile = ColumnProfile.Of(column);
        return report with { Different = profile.Different, Missing = profile.Missing };
    }

    /// <summary>Says where a few cells keep a column from being one of numbers.</summary>
    private static IEnumerable<string> Mixed(TextColumn column)
    {
        DecimalFormat plain = new();
        bool[] areNumbers = [.. column.Values.Select(text => plain.TryParse(text, out _) && !HasLeadingZero(text))];
        int present = column.Codes.Length - column.Codes.Count(TextColumn.Missing);
        int[] others = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row) && !areNumbers[column.Codes[row]])];
        bool isMixed = others.Length > 0 && others.Length <= (1 - MostlyNumbers) * present;
        return !isMixed ? [] :
        [
            Invariant($"Column {column.Name} is read as text: {present - others.Length} cells are numbers, ")
                + Invariant($"{others.Length} {(others.Length == 1 ? "is" : "are")} not, first ")
                + Invariant($"'{PlainText.Of(column[others[0]]!, LongestCell)}' in row {others[0] + 1}. ")
                + "To learn numbers, correct these cells, or let them count as missing.",
        ];
    }

    /// <summary>Whether digits name something, as those of a postcode do.</summary>
    private static bool HasLeadingZero(string text) => text is ['0', >= '0' and <= '9', ..];

    private static IEnumerable<string> Few(int rows)
        => rows >= FewRows
            ? []
            : [
                $"{rows} rows are few to learn from: the model will know little more than each column's distribution and may repeat rows. "
                    + "Compare its samples with the rows before you share them.",
            ];
}
