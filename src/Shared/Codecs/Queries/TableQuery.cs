using Diffusion.Codecs.Columns;
using Diffusion.Samples;
using Diffusion.Tables;

namespace Diffusion.Codecs.Queries;

/// <summary>
/// Which rows of a table are asked for. Single cells are given to the network; of what it draws, rows outside of the ranges are left out.
/// </summary>
public sealed class TableQuery
{
    private readonly TableSpec _spec;
    private readonly List<TableColumn> _given = [];
    private readonly List<(string Column, Func<TableColumn, int, bool> Has)> _filters = [];
    private readonly CategoryColumnSpec? _balanced;

    /// <summary>Prepares a query.</summary>
    /// <param name="spec">The table of the model.</param>
    /// <param name="ranges">The cells that are asked for; no two of one column.</param>
    /// <param name="balance">A column of categories each of which is to occur equally often; null for none.</param>
    /// <exception cref="DiffusionException">There is no such column, or it has no such cell.</exception>
    public TableQuery(TableSpec spec, IReadOnlyList<CellRange> ranges, string? balance = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(ranges);
        _spec = spec;
        string[] names = [.. ranges.Select(range => range.Column), .. balance is null ? Array.Empty<string>() : [balance]];
        if (names.Distinct().Count() < names.Length)
        {
            throw new DiffusionException($"Each column can be asked for once; found: {string.Join(", ", names)}.");
        }

        foreach (CellRange range in ranges)
        {
            AskedCells cells = AskedCells.Parse(spec.Require(range.Column), range);
            Add(cells);
        }

        _balanced = balance is null ? null
            : spec.Require(balance) is CategoryColumnSpec { Source: null, Counts.Count: > 1 } category ? category
            : throw new DiffusionException($"The column '{balance}' cannot be balanced: it is no column of categories that is learned.");
        if (_balanced is not null && _filters.Count > 0)
        {
            throw new DiffusionException("A balanced column and ranges cannot be asked for together. Leave one of them out.");
        }
    }

    /// <summary>Gets a value indicating whether some of the rows that are drawn may be left out.</summary>
    public bool IsFiltered => _filters.Count > 0;

    /// <summary>Returns what is given of samples.</summary>
    /// <param name="first">The number of the first sample, from 0.</param>
    /// <param name="count">The number n of samples.</param>
    public ConditionBatch Give(long first, int count)
    {
        List<TableColumn> columns = [.. _given.Select(column => column.SelectRows(new int[count]))];
        if (_balanced is not null)
        {
            int[] codes = [.. Enumerable.Range(0, count).Select(i => (int)((first + i) % _balanced.Counts.Count))];
            columns.Add(_balanced.CreateColumn(codes));
        }

        return columns.Count == 0 ? _spec.GiveNothing(count) : _spec.Give(new Table(columns));
    }

    /// <summary>Returns the rows that are asked for, with the cells that were given exactly.</summary>
    /// <param name="rows">Rows that were drawn with what <see cref="Give"/> returned.</param>
    public Table Filter(Table rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TableColumn[] columns = [.. rows.Columns.Select(column =>
            _given.Find(given => given.Name == column.Name)?.SelectRows(new int[rows.Count]) ?? column)];
        Table exact = new(columns, rows.HasHeader);
        int[] kept = [.. Enumerable.Range(0, rows.Count)
            .Where(row => _filters.TrueForAll(filter => filter.Has(exact[filter.Column], row)))];
        return kept.Length == rows.Count ? exact : exact.SelectRows(kept);
    }

    private void Add(AskedCells cells)
    {
        // Of a column that follows from another, the other one is given where one category of it alone leads there.
        if (cells.Single is { } single && cells.Column is CategoryColumnSpec { Source: { } source, Map: { } map } follower)
        {
            int[] leading = [.. Enumerable.Range(0, map.Count).Where(category => follower.TextOf(map[category]) == single.GetText(0))];
            if (leading.Length == 1 && _spec.Require(source) is CategoryColumnSpec column && leading[0] < column.Counts.Count
                && !_given.Exists(given => given.Name == source))
            {
                _given.Add(column.CreateColumn(leading));
            }

            _filters.Add((cells.Column.Name, cells.Has));
        }
        else if (cells.Single is { } cell && cells.Column.Needed is null && _spec.Layout.BlocksOf(cells.Column).Count > 0)
        {
            _given.Add(cell);
        }
        else
        {
            _filters.Add((cells.Column.Name, cells.Has));
        }
    }
}
