using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>Which share of the cells of a column a real table could have. A cell that is missing breaks none of the other rules.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="InRange">Numbers and dates from the least to the greatest real one.</param>
/// <param name="Known">Categories that a real row has.</param>
/// <param name="Rounded">Numbers without more decimals than the real ones.</param>
/// <param name="Present">Cells that are there, or missing in a column that lacks real cells.</param>
/// <param name="Valid">Cells that break no rule.</param>
public sealed record ColumnValidity(string Name, double InRange, double Known, double Rounded, double Present, double Valid);

/// <summary>Which share of the rows of a table is made of cells that a real table could have.</summary>
/// <param name="Columns">The shares of each column, from 0 to 1.</param>
/// <param name="Rows">The share of rows all of whose cells are valid, from 0 to 1.</param>
public sealed record Validity(IReadOnlyList<ColumnValidity> Columns, double Rows)
{
    /// <summary>Compares the cells of a table with those of a real one of the same columns.</summary>
    /// <param name="real">The real rows, at least one.</param>
    /// <param name="synthetic">The rows to judge, at least one.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static Validity Of(Table real, Table synthetic, IReadOnlySet<string>? categories = null)
    {
        List<ColumnValidity> columns = [];
        bool[] isRowValid = [.. Enumerable.Repeat(true, synthetic?.Count ?? 0)];
        foreach (MatchedColumn column in MatchedColumn.Of(categories, real, synthetic!))
        {
            CellRules rules = new(column.Values[0], column.IsCategory);
            double[] cells = column.Values[1];
            for (int row = 0; row < cells.Length; row++)
            {
                isRowValid[row] &= rules.IsValid(cells[row]);
            }

            columns.Add(new ColumnValidity(
                column.Name,
                Share(rules.IsInRange),
                Share(rules.IsKnown),
                Share(rules.IsRounded),
                Share(rules.IsPresent),
                Share(rules.IsValid)));

            double Share(Func<double, bool> rule) => (double)cells.Count(rule) / cells.Length;
        }

        return new Validity(columns, (double)isRowValid.Count(isValid => isValid) / isRowValid.Length);
    }
}
