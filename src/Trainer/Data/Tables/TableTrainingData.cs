using Diffusion.Codecs;
using Diffusion.Data.Tables;
using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>A user's table, made fit for a network.</summary>
internal static class TableTrainingData
{
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

        HoldOutRows split = HoldOutRows.Choose(
            EqualRows.FindFirst<ulong>(RowHashes.Compute(table), 1), request.HoldOut ?? DataRequest.DefaultHoldOut, request.Seed, "rows");
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
            throw new DiffusionException($"'{path}' has no column that can be learned ({reasons}). Specify the types of its columns.");
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
            [.. content.Remarks, .. split.Remarks, .. Few(learned.Count)])
        {
            Columns = [.. columns.Select(column => OfAllRows(column, table[column.Name]))],
            RowCount = learned.Count,
        };
    }

    /// <summary>The report of a column with the numbers of all rows, those held out among them.</summary>
    private static ColumnReport OfAllRows(ColumnReport report, TableColumn column)
    {
        ColumnProfile profile = ColumnProfile.Of(column);
        return report with { Different = profile.Different, Missing = profile.Missing };
    }

    private static IEnumerable<string> Few(int rows)
        => rows >= FewRows
            ? []
            : [
                $"{rows} rows are few to learn from: the model will know little more than each column's distribution and may repeat rows. "
                    + "Compare its samples with the rows before you share them.",
            ];
}
