using Diffusion.Codecs;
using Diffusion.Codecs.Columns;
using Diffusion.Tables;

namespace Diffusion.Training.Data.Tables;

/// <summary>Finds out how the columns of a table become coordinates.</summary>
public static class TableFit
{
    /// <summary>Numbers with at most so many different values are learned as categories.</summary>
    private const int MostCategoriesOfNumbers = 20;

    /// <summary>The most texts that are learned as categories.</summary>
    private const int MostCategories = 1_000;

    /// <summary>The fewest rows that a category has on average.</summary>
    private const int RowsOfCategory = 2;

    /// <summary>The smallest share of the cells that texts which are not too rare must have.</summary>
    private const double LeastKeptShare = 0.75;

    /// <summary>Fits a specification to a table.</summary>
    /// <param name="table">The rows to be learned, at least one.</param>
    /// <param name="options">How columns are treated where their cells do not say it.</param>
    /// <returns>The specification, and what is done with each column.</returns>
    /// <exception cref="DiffusionException">No column can be learned, or an option names a column that is not there.</exception>
    public static (TableSpec Spec, IReadOnlyList<ColumnReport> Columns) Fit(Table table, TableFitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new TableFitOptions();
        foreach (string name in options.Types.Keys.Append(options.Target ?? table.Columns[0].Name))
        {
            _ = table[name];
        }

        List<(ColumnSpec? Spec, ColumnReport Report)> columns =
            [.. table.Columns.Select(column => FitColumn(ColumnProfile.Of(column), options))];
        ColumnRelations.Find(table, columns, options.Target);
        TableSpec spec = new()
        {
            Columns = [.. columns.Where(column => column.Spec is not null).Select(column => column.Spec!)],
            HasHeader = table.HasHeader,
        };
        return (spec, [.. columns.Select(column => column.Report)]);
    }

    private static (ColumnSpec? Spec, ColumnReport Report) FitColumn(ColumnProfile profile, TableFitOptions options)
    {
        ColumnType? asked = options.Types.TryGetValue(profile.Column.Name, out ColumnType type) ? type : null;
        return profile.Column is NumberColumn
            ? FitNumbers(profile, asked)
            : FitTexts(profile, asked, options.MinCount);
    }

    private static (ColumnSpec? Spec, ColumnReport Report) FitNumbers(ColumnProfile profile, ColumnType? asked)
    {
        NumberColumn column = (NumberColumn)profile.Column;
        ColumnType type = asked ?? (column.Format is TimeFormat ? ColumnType.Date
            : IdentifierColumn.IsIdentifier(profile) ? ColumnType.Id
            : ColumnType.Number);
        if (type is ColumnType.Id or ColumnType.Text)
        {
            return LeftOut(profile, type, "left out: an identifier");
        }

        bool isCategory = type == ColumnType.Category || profile.Different < 2
            || (type == ColumnType.Number && profile.Different <= MostCategoriesOfNumbers
                && profile.Present >= RowsOfCategory * profile.Different);
        if (isCategory)
        {
            (double Value, int Count)[] values = [.. profile.Numbers.OrderByDescending(number => number.Count)];
            CategoryColumnSpec category = new()
            {
                Name = column.Name,
                MissingText = column.MissingText,
                MissingCount = profile.Missing,
                Format = column.Format,
                Numbers = [.. values.Select(number => number.Value)],
                Counts = [.. values.Select(number => (long)number.Count)],
            };
            return Kept(profile, type, category, Describe(category));
        }

        int? decimals = profile.FewestDecimals(column.Format.Decimals);
        QuantileTransform transform = QuantileTransform.Fit(profile.Sorted, decimals);
        return Kept(
            profile,
            type,
            new NumberColumnSpec
            {
                Name = column.Name,
                MissingText = column.MissingText,
                MissingCount = profile.Missing,
                Count = profile.Present,
                Format = column.Format,
                Decimals = decimals,
                Z = transform.Z.ToArray(),
                Values = transform.Values.ToArray(),
            },
            profile.Missing > 0 ? "its distribution, and whether it is missing" : "its distribution");
    }

    private static (ColumnSpec? Spec, ColumnReport Report) FitTexts(ColumnProfile profile, ColumnType? asked, int minCount)
    {
        (string Value, int Count)[] kept = [.. profile.Texts.Where(text => profile.Different < 2 || text.Count >= minCount)
            .OrderByDescending(text => text.Count).ThenBy(text => text.Value, StringComparer.Ordinal)];
        bool isVaried = profile.Different >= 2
            && (profile.Different > MostCategories || profile.Present < RowsOfCategory * profile.Different
                || kept.Sum(text => (long)text.Count) < LeastKeptShare * profile.Present);
        ColumnType type = asked ?? (!isVaried ? ColumnType.Category
            : profile.Different == profile.Present ? ColumnType.Id
            : ColumnType.Text);
        if (type is ColumnType.Id or ColumnType.Text)
        {
            return LeftOut(profile, type, type == ColumnType.Id ? "left out: an identifier" : "left out: too many different texts");
        }

        if (kept.Length == 0 && profile.Different > 0)
        {
            return LeftOut(profile, type, Invariant($"left out: no text occurs {minCount} times"));
        }

        CategoryColumnSpec category = new()
        {
            Name = profile.Column.Name,
            MissingText = profile.Column.MissingText,
            MissingCount = profile.Missing,
            Texts = [.. kept.Select(text => text.Value)],
            Counts = [.. kept.Select(text => (long)text.Count)],
        };
        int rare = profile.Different - kept.Length;
        string pooled = rare > 0 ? Invariant($"; {rare} that occur fewer than {minCount} times are left out") : "";
        return Kept(profile, type, category, Describe(category) + pooled);
    }

    private static string Describe(CategoryColumnSpec category) => category.CategoryCount switch
    {
        < 2 when category.Counts.Count == 0 => "always missing: not learned, but added",
        < 2 => "always the same: not learned, but added",
        var count => Invariant($"one of {count}{(category.MissingCount > 0 ? ", missing among them" : "")}"),
    };

    private static (ColumnSpec? Spec, ColumnReport Report) Kept(ColumnProfile profile, ColumnType type, ColumnSpec spec, string treatment)
        => (spec, new ColumnReport(profile.Column.Name, type, profile.Different, profile.Missing, IsKept: true, treatment));

    private static (ColumnSpec? Spec, ColumnReport Report) LeftOut(ColumnProfile profile, ColumnType type, string treatment)
        => (null, new ColumnReport(profile.Column.Name, type, profile.Different, profile.Missing, IsKept: false, treatment));
}
