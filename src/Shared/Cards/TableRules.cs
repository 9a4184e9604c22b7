using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Cards;

/// <summary>The rules that the columns of a table in a card keep.</summary>
internal static class TableRules
{
    /// <summary>The most columns of a table, and the most categories of a column.</summary>
    public const int MostColumns = 10_000, MostCategories = 10_000;

    /// <summary>Refuses columns that break a rule.</summary>
    /// <param name="table">The table.</param>
    /// <param name="place">What to call it in messages.</param>
    /// <exception cref="DiffusionException">A value is out of range, or contradicts another.</exception>
    public static void Require(TableSpec table, string place)
    {
        if (table.Columns.Count is < 1 or > MostColumns || table.Columns.Any(column => column?.Name is null)
            || table.Columns.DistinctBy(column => column.Name).Count() != table.Columns.Count)
        {
            throw new DiffusionException($"{place}: a table must have 1 to {MostColumns} columns with different names.");
        }

        foreach (ColumnSpec column in table.Columns)
        {
            string? fault = column.MissingCount < 0 || column.MissingText is null ? "the number of missing cells must not be negative"
                : column is NumberColumnSpec number ? FaultOf(number, table)
                : FaultOf((CategoryColumnSpec)column, table);
            if (fault is not null)
            {
                throw new DiffusionException($"{place}, column '{column.Name}': {fault}.");
            }
        }

        if (table.Dimension == 0)
        {
            throw new DiffusionException($"{place}: at least one column must vary.");
        }
    }

    private static string? FaultOf(NumberColumnSpec column, TableSpec table)
    {
        if (!QuantileTransform.AreKnots([.. column.Z], [.. column.Values]))
        {
            return "z and values must have equally many numbers, at least two, which are finite and ascend";
        }

        ColumnSpec? start = column.Base is null ? null : Find(table, column.Base);
        bool isBase = column.Base is null || start is NumberColumnSpec { Base: null }
            or CategoryColumnSpec { Numbers: not null, Source: null };
        bool hasRange = column.Base is null ? column.Least is null && column.Greatest is null : column.Least <= column.Greatest;
        return column.Count < 1 ? "the count must be at least 1"
            : column.Decimals is < 0 or > DecimalFormat.MostDecimals ? "the decimals must be between 0 and 15"
            : !hasRange ? "least and greatest must be there, in this order, exactly where there is a base"
            : !isBase ? $"the base '{column.Base}' must be a column of numbers that has none itself"
            : null;
    }

    private static string? FaultOf(CategoryColumnSpec column, TableSpec table)
    {
        int count = column.Texts?.Count ?? column.Numbers?.Count ?? -1;
        if (count != column.Counts.Count || column.CategoryCount is < 1 or > MostCategories
            || (column.Texts is null) == (column.Numbers is null) || (column.Numbers is not null && column.Format is null))
        {
            return Invariant($"a category must have texts or values with a format, at most {MostCategories}, and a count for each");
        }

        if (column.Counts.Any(each => each < 1) || column.Texts?.Any(text => text is null) == true
            || column.Texts?.Distinct().Count() < count || column.Numbers?.Distinct().Count() < count
            || column.Numbers?.All(double.IsFinite) == false)
        {
            return "categories must be different and finite, and occur at least once each";
        }

        if (column.Source is null)
        {
            return column.Map is null ? null : "a map needs a source";
        }

        return Find(table, column.Source) is CategoryColumnSpec { Source: null, CategoryCount: > 1 } source
            && column.Map?.Count == source.CategoryCount && column.Map.All(category => category >= 0 && category < column.CategoryCount)
            ? null
            : $"the source '{column.Source}' must be a category with coordinates of its own, and the map must have an entry for each";
    }

    private static ColumnSpec? Find(TableSpec table, string name) => table.Columns.FirstOrDefault(column => column.Name == name);
}
