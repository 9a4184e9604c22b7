namespace Diffusion.Tables;

/// <summary>A column of a table: a <see cref="NumberColumn"/> or a <see cref="TextColumn"/>.</summary>
public abstract class TableColumn
{
    private protected TableColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Gets the name of the column.</summary>
    public string Name { get; }

    /// <summary>Gets the text of missing cells in a file, such as "NA"; empty by default.</summary>
    public string MissingText { get; init; } = "";

    /// <summary>Gets the number n of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Returns whether a cell is missing.</summary>
    /// <param name="row">The number of the row, from 0.</param>
    public abstract bool IsMissing(int row);

    /// <summary>Returns a cell as it stands in a file.</summary>
    /// <param name="row">The number of the row, from 0.</param>
    /// <returns>The text; <see cref="MissingText"/> for a missing cell.</returns>
    public abstract string GetText(int row);

    /// <summary>Returns a copy of the cells of the given rows, in their order.</summary>
    /// <param name="rows">The numbers of the rows, from 0; one may come again.</param>
    public abstract TableColumn SelectRows(ReadOnlySpan<int> rows);

    /// <summary>Returns a copy of this column whose missing cells are those of another column of its kind.</summary>
    /// <param name="other">The other column, of the same length.</param>
    internal abstract TableColumn OrElse(TableColumn other);

    /// <summary>Returns a copy of this column with others of its kind below it.</summary>
    /// <param name="others">The others.</param>
    internal abstract TableColumn Append(IReadOnlyList<TableColumn> others);

    private protected static T[] Pick<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        T[] picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = values[rows[i]];
        }

        return picked;
    }
}
