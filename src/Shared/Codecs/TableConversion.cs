using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Codecs;

/// <summary>Gives the columns of a table the types that a model's table has; a short file may look otherwise.</summary>
internal static class TableConversion
{
    /// <summary>Converts the columns that the model knows, and leaves the others as they are.</summary>
    /// <param name="spec">The table of the model.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="DiffusionException">The rows have none of the model's columns, or cells that must be numbers or dates
    /// are not; all such columns are named.</exception>
    public static Table Convert(TableSpec spec, Table rows)
    {
        if (!spec.Columns.Any(column => rows.Find(column.Name) is not null))
        {
            string known = string.Join(", ", spec.Columns.Select(column => column.Name));
            string found = string.Join(", ", rows.Columns.Select(column => column.Name));
            throw new DiffusionException($"The rows have none of the model's columns ({known}); found: {found}.");
        }

        List<string> faults = [];
        Dictionary<string, TableColumn> columns = rows.Columns.ToDictionary(column => column.Name);
        foreach (ColumnSpec column in spec.Columns)
        {
            if (columns.TryGetValue(column.Name, out TableColumn? cells))
            {
                columns[column.Name] = FormatOf(column) is { } format ? ToNumbers(cells, format, faults) : ToTexts(cells);
            }
        }

        if (faults.Count > 0)
        {
            throw new DiffusionException($"Cells are not what the model's columns have: {string.Join("; ", faults)}.");
        }

        foreach (CategoryColumnSpec follower in spec.Columns.OfType<CategoryColumnSpec>().Where(column => column.Source is not null))
        {
            if (columns.TryGetValue(follower.Name, out TableColumn? cells)
                && columns.TryGetValue(follower.Source!, out TableColumn? source))
            {
                columns[source.Name] = Complete(source, (CategoryColumnSpec)spec.Require(source.Name), cells, follower);
            }
        }

        return new Table([.. rows.Columns.Select(column => columns[column.Name])], rows.HasHeader);
    }

    private static CellFormat? FormatOf(ColumnSpec column) => column switch
    {
        NumberColumnSpec number => number.Format,
        CategoryColumnSpec category => category.Format,
        _ => null,
    };

    private static NumberColumn ToNumbers(TableColumn column, CellFormat format, List<string> faults)
    {
        double[] values = new double[column.Count];
        (int count, string first, int row) = (0, "", 0);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.NaN;
            if (!column.IsMissing(i) && !format.TryParse(column.GetText(i), out values[i])
                && !new DecimalFormat().TryParse(column.GetText(i), out values[i]))
            {
                (first, row) = count++ == 0 ? (column.GetText(i), i + 1) : (first, row);
            }
        }

        if (count > 0)
        {
            string kind = format is TimeFormat ? "dates" : "numbers";
            faults.Add(Invariant($"{column.Name}: {count} are no {kind}, first '{first}' in row {row}"));
        }

        return new NumberColumn(column.Name, values, format) { MissingText = column.MissingText };
    }

    private static TextColumn ToTexts(TableColumn column)
    {
        if (column is TextColumn texts)
        {
            return texts;
        }

        Dictionary<string, int> codes = [];
        int[] cells = new int[column.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = column.IsMissing(i) ? TextColumn.Missing
                : codes.TryGetValue(column.GetText(i), out int code) ? code
                : codes[column.GetText(i)] = codes.Count;
        }

        return new TextColumn(column.Name, cells, [.. codes.Keys]) { MissingText = column.MissingText };
    }

    /// <summary>Fills missing cells of a column that another follows from, where the other is present and one category alone leads
    /// there.</summary>
    private static TableColumn Complete(TableColumn source, CategoryColumnSpec sourceSpec, TableColumn follower, CategoryColumnSpec spec)
    {
        Dictionary<string, int> leading = spec.Map!.Select((category, k) => (Text: spec.TextOf(category), Category: k))
            .GroupBy(pair => pair.Text).Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().Category);
        int[] rows = [.. Enumerable.Range(0, source.Count).Where(
            row => source.IsMissing(row) && !follower.IsMissing(row) && leading.ContainsKey(follower.GetText(row)))];
        if (rows.Length == 0)
        {
            return source;
        }

        int[] codes = Enumerable.Repeat(TextColumn.Missing, source.Count).ToArray();
        foreach (int row in rows)
        {
            int category = leading[follower.GetText(row)];
            codes[row] = category < sourceSpec.Counts.Count ? category : TextColumn.Missing;
        }

        return source.OrElse(sourceSpec.CreateColumn(codes));
    }
}
