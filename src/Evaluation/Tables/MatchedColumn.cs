using System.Globalization;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>A column of several tables, in numbers that mean the same in each.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="IsCategory">Whether the numbers are codes of categories, which count from 0 by falling frequency.</param>
/// <param name="Values">The numbers of each table, <c>[t][n]</c>; NaN where a cell is missing.</param>
internal sealed record MatchedColumn(string Name, bool IsCategory, double[][] Values)
{
    /// <summary>The parts that the range of the first table's numbers is cut into, as in SDMetrics.</summary>
    private const int Parts = 10;

    /// <summary>Matches the columns of tables by their names, in the order of the first table.</summary>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is.</param>
    /// <param name="tables">The tables, each of at least one row.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static IReadOnlyList<MatchedColumn> Of(IReadOnlySet<string>? categories, params Table[] tables)
    {
        foreach (Table table in tables)
        {
            ArgumentNullException.ThrowIfNull(table);
            if (table.Count == 0)
            {
                throw new DiffusionException("Tables are compared by their rows; one of them has none.");
            }

            if (!table.Columns.Select(column => column.Name).ToHashSet().SetEquals(tables[0].Columns.Select(column => column.Name)))
            {
                throw new DiffusionException(
                    $"The tables must have the same columns; found {Names(tables[0])}, and {Names(table)}.");
            }
        }

        return
        [
            .. tables[0].Columns.Select(column => Of(
                Array.ConvertAll(tables, table => table[column.Name]), categories?.Contains(column.Name) == true)),
        ];

        static string Names(Table table) => string.Join(", ", table.Columns.Select(column => column.Name));
    }

    /// <summary>Returns the category of each cell in each table, <c>[t][n]</c>; numbers are cut into parts. −1 where a cell is
    /// missing.</summary>
    public int[][] ToParts()
    {
        double[] real = [.. Values[0].Where(value => !double.IsNaN(value)).DefaultIfEmpty()];
        (double least, double width) = IsCategory ? (0, 1) : (real.Min(), (real.Max() - real.Min()) / Parts);
        double last = IsCategory ? int.MaxValue : Parts - 1;
        return Array.ConvertAll(
            Values,
            values => Array.ConvertAll(
                values, value => double.IsNaN(value) ? -1 : (int)Math.Clamp((value - least) / width, 0, last)));
    }

    private static MatchedColumn Of(TableColumn[] columns, bool isCategory)
    {
        string name = columns[0].Name;
        bool hasText = columns.Any(column => column is TextColumn && HasValues(column));
        bool hasNumbers = columns.Any(column => column is NumberColumn && HasValues(column));
        if (hasText && hasNumbers && !isCategory)
        {
            throw new DiffusionException($"The column '{name}' holds numbers in one table and text in another.");
        }

        double[][] numbers = Array.ConvertAll(columns, column => Numbers(column, columns[0]));
        return hasText || isCategory
            ? new MatchedColumn(name, IsCategory: true, Codes(columns, numbers))
            : new MatchedColumn(name, IsCategory: false, numbers);
    }

    private static bool HasValues(TableColumn column)
        => Enumerable.Range(0, column.Count).Any(row => !column.IsMissing(row));

    /// <summary>The numbers of a column, times in the units of the first table; NaN in place of text.</summary>
    private static double[] Numbers(TableColumn column, TableColumn first) => (column, first) switch
    {
        (NumberColumn { Format: TimeFormat own } times, NumberColumn { Format: TimeFormat other })
            => [.. times.Values.ToArray().Select(value => value * ((double)own.TicksPerUnit / other.TicksPerUnit))],
        (NumberColumn numbers, _) => numbers.Values.ToArray(),
        _ => [.. Enumerable.Repeat(double.NaN, column.Count)],
    };

    /// <summary>The codes of categories: the most frequent one of all tables is 0.</summary>
    private static double[][] Codes(TableColumn[] columns, double[][] numbers)
    {
        string?[][] keys = [.. columns.Zip(numbers, Keys)];
        Dictionary<string, double> codes = keys
            .SelectMany(ofTable => ofTable)
            .OfType<string>()
            .CountBy(key => key)
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select((count, code) => (count.Key, code))
            .ToDictionary(entry => entry.Key, entry => (double)entry.code);
        return Array.ConvertAll(keys, ofTable => Array.ConvertAll(ofTable, key => key is null ? double.NaN : codes[key]));
    }

    /// <summary>What cells are told by: equal for a number and for its shortest text; null where they are missing.</summary>
    private static string?[] Keys(TableColumn column, double[] numbers)
    {
        string?[] keys = new string?[column.Count];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = column is TextColumn text ? text[row]
                : column.IsMissing(row) ? null
                : numbers[row].ToString("R", CultureInfo.InvariantCulture);
        }

        return keys;
    }
}
