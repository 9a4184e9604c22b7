using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>Finds columns that follow from another one, and dates that are counted best from an earlier one.</summary>
internal static class ColumnRelations
{
    /// <summary>The fewest rows for each category of a column that another is said to follow from.</summary>
    private const int RowsOfCategory = 10;

    /// <summary>The fewest rows that say which of two dates is the earlier.</summary>
    private const int FewestRows = 10;

    /// <summary>Replaces the specifications of such columns.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="columns">The specifications and reports, changed in place.</param>
    /// <param name="target">A column that stays as it is; null for none.</param>
    public static void Find(Table table, List<(ColumnSpec? Spec, ColumnReport Report)> columns, string? target)
    {
        FindSources(table, columns, target);
        FindBases(table, columns);
    }

    private static void FindSources(Table table, List<(ColumnSpec? Spec, ColumnReport Report)> columns, string? target)
    {
        (int Position, CategoryColumnSpec Spec, int[] Codes)[] categories =
        [
            .. columns.Select((column, position) => (Position: position, Spec: column.Spec as CategoryColumnSpec))
                .Where(column => column.Spec is { CategoryCount: > 1 })
                .Select(column => (column.Position, column.Spec!, column.Spec!.ReadCodes(table))),
        ];
        HashSet<int> follow = [];
        for (int b = 0; b < categories.Length; b++)
        {
            for (int a = 0; a < categories.Length && categories[b].Spec.Name != target; a++)
            {
                int sources = categories[a].Spec.CategoryCount;
                bool isCandidate = a != b && !follow.Contains(a) && table.Count >= RowsOfCategory * sources
                    && (sources > categories[b].Spec.CategoryCount || (sources == categories[b].Spec.CategoryCount && a < b));
                if (isCandidate && MapOf(categories[a].Codes, categories[b].Codes, sources) is { } map)
                {
                    follow.Add(b);
                    (int position, CategoryColumnSpec spec, _) = categories[b];
                    string source = categories[a].Spec.Name;
                    columns[position] = (
                        spec with { Source = source, Map = map },
                        columns[position].Report with { Treatment = $"follows from '{source}': looked up" });
                    break;
                }
            }
        }
    }

    /// <summary>The category of B for each category of A; null where some category of A has several or an unknown one.</summary>
    private static int[]? MapOf(int[] a, int[] b, int count)
    {
        const int open = -1;
        int[] map = new int[count];
        Array.Fill(map, open);
        for (int row = 0; row < a.Length; row++)
        {
            if (a[row] >= 0 && (b[row] < 0 || (map[a[row]] != open && map[a[row]] != b[row])))
            {
                return null;
            }

            if (a[row] >= 0)
            {
                map[a[row]] = b[row];
            }
        }

        return map.Contains(open) ? null : map;
    }

    private static void FindBases(Table table, List<(ColumnSpec? Spec, ColumnReport Report)> columns)
    {
        for (int b = 0; b < columns.Count; b++)
        {
            for (int a = 0; a < columns.Count; a++)
            {
                if (a != b && columns[a].Spec is NumberColumnSpec { Base: null } start
                    && columns[b].Spec is NumberColumnSpec { Base: null } end
                    && start.Format is TimeFormat from && end.Format is TimeFormat to && from.TicksPerUnit == to.TicksPerUnit
                    && DifferencesOf((NumberColumn)table[start.Name], (NumberColumn)table[end.Name]) is { } differences
                    && !columns.Exists(column => column.Spec is NumberColumnSpec other && other.Base == end.Name))
                {
                    QuantileTransform transform = QuantileTransform.Fit(differences, end.Decimals);
                    columns[b] = (
                        end with
                        {
                            Base = start.Name,
                            Z = transform.Z.ToArray(),
                            Values = transform.Values.ToArray(),
                            Least = end.Values[0],
                            Greatest = end.Values[^1],
                        },
                        columns[b].Report with { Treatment = $"never before '{start.Name}': the time from there to it" });
                }
            }
        }
    }

    /// <summary>The time from one date to another in each row where both are present, ascending; null where the second is ever before the
    /// first, or present without it.</summary>
    private static double[]? DifferencesOf(NumberColumn start, NumberColumn end)
    {
        List<double> differences = [];
        for (int row = 0; row < start.Count; row++)
        {
            double difference = end.Values[row] - start.Values[row];
            if (difference < 0 || (start.IsMissing(row) && !end.IsMissing(row)))
            {
                return null;
            }

            if (!double.IsNaN(difference))
            {
                differences.Add(difference);
            }
        }

        return differences.Count >= FewestRows ? [.. differences.Order()] : null;
    }
}
