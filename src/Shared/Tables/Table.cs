namespace Diffusion.Tables;

/// <summary>A table as it stands in a file: named columns of numbers, dates or text, in which cells may be missing.</summary>
public sealed class Table
{
    private readonly Dictionary<string, TableColumn> _byName = [];

    /// <summary>Creates a table.</summary>
    /// <param name="columns">The columns, at least one, of equal length; no two have the same name.</param>
    /// <param name="hasHeader">Whether the names are those of a header; otherwise they are the numbers of the columns, from 1.</param>
    /// <exception cref="ArgumentException">There is no column, a name is repeated, or the lengths differ.</exception>
    public Table(IReadOnlyList<TableColumn> columns, bool hasHeader = true)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Any(column => column.Count != columns[0].Count))
        {
            throw new ArgumentException("At least one column is required, and all columns must have the same length.", nameof(columns));
        }

        foreach (TableColumn column in columns)
        {
            if (!_byName.TryAdd(column.Name, column))
            {
                throw new ArgumentException($"The names of the columns must differ; '{column.Name}' is repeated.", nameof(columns));
            }
        }

        (Columns, HasHeader) = (columns, hasHeader);
    }

    /// <summary>Gets the columns, in the order of the file.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Gets a value indicating whether the names of the columns are those of a header; otherwise they are their numbers, from
    /// 1.</summary>
    public bool HasHeader { get; }

    /// <summary>Gets the number n of rows.</summary>
    public int Count => Columns[0].Count;

    /// <summary>Gets a column by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DiffusionException">There is no such column.</exception>
    public TableColumn this[string name] => Find(name)
        ?? throw new DiffusionException($"There is no column '{name}'; the columns are: {string.Join(", ", _byName.Keys)}.");

    /// <summary>Returns the column of a name, or null where there is none.</summary>
    /// <param name="name">The name.</param>
    public TableColumn? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Puts tables of the same columns below each other.</summary>
    /// <param name="tables">The tables, at least one; texts of a column are the same list in all of them.</param>
    public static Table Concat(IReadOnlyList<Table> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return new Table([.. tables[0].Columns.Select(Append)], tables[0].HasHeader);

        TableColumn Append(TableColumn column, int k) => column.Append([.. tables.Skip(1).Select(table => table.Columns[k])]);
    }

    /// <summary>Returns a copy of the rows of the given numbers, in their order.</summary>
    /// <param name="rows">The numbers of the rows, from 0; one may come again.</param>
    public Table SelectRows(ReadOnlySpan<int> rows)
    {
        List<TableColumn> columns = [];
        foreach (TableColumn column in Columns)
        {
            columns.Add(column.SelectRows(rows));
        }

        return new Table(columns, HasHeader);
    }
}
