using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Codecs.Columns;

namespace Diffusion.Onnx.Compiling;

/// <summary>Chooses the columns of a compiled sampler whose cells can be given.</summary>
public static class GivenColumns
{
    /// <summary>Returns the columns of a table whose cells can be given: all that have coordinates.</summary>
    /// <param name="table">The table.</param>
    public static IEnumerable<ColumnSpec> Possible(TableSpec table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Columns.Where(column => table.Layout.BlocksOf(column).Count > 0);
    }

    /// <summary>Finds columns by their names.</summary>
    /// <param name="table">The table of the model; null for points.</param>
    /// <param name="names">The names.</param>
    /// <exception cref="DiffusionException">There is no table, or no such column, or its cells follow from other ones.</exception>
    internal static CompiledColumn[] Choose(TableSpec? table, IReadOnlyList<string> names)
    {
        if (table is null)
        {
            return names.Count == 0
                ? []
                : throw new DiffusionException("Cells can be given to models of tables only; this is one of points.");
        }

        foreach (ColumnSpec column in names.Select(table.Require))
        {
            if (table.Layout.BlocksOf(column).Count == 0)
            {
                string reason = column.Needed is { } source
                    ? $"it follows from '{source}'. Give '{source}' instead"
                    : "it is always the same. Leave it out";
                throw new DiffusionException($"Cells of the column '{column.Name}' cannot be given: {reason}.");
            }

            if (column.Needed is { } needed && !names.Contains(needed))
            {
                throw new DiffusionException(
                    $"Cells of the column '{column.Name}' are counted from those of '{needed}'. Let '{needed}' be given as well.");
            }
        }

        return [.. CompiledColumn.FromTable(table).Where(column => names.Contains(column.Column.Name))];
    }
}
