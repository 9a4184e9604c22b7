using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>
/// How strongly a pair of columns is related in each of two tables: the correlation of numbers or dates, from −1 to 1, and Cramér's V,
/// corrected for its bias, from 0 to 1, where one of them is a category. For V, numbers are cut into the parts of
/// <see cref="PairTrends"/>, and a missing cell is a value as any.
/// </summary>
/// <param name="First">The name of one column.</param>
/// <param name="Second">The name of the other column.</param>
/// <param name="Real">How strongly in the real rows.</param>
/// <param name="Synthetic">How strongly in the rows that are compared with them.</param>
public sealed record PairAssociation(string First, string Second, double Real, double Synthetic)
{
    /// <summary>Measures each pair of columns, in the order of the pairs of <see cref="PairTrends"/>.</summary>
    /// <param name="real">The real rows, at least one.</param>
    /// <param name="synthetic">The rows to compare with them, at least one.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static IReadOnlyList<PairAssociation> Of(Table real, Table synthetic, IReadOnlySet<string>? categories = null)
    {
        IReadOnlyList<MatchedColumn> columns = MatchedColumn.Of(categories, real, synthetic);
        int[][][] parts = [.. columns.Select(column => column.ToParts())];
        return
        [
            .. from i in Enumerable.Range(0, columns.Count)
               from j in Enumerable.Range(i + 1, columns.Count - i - 1)
               select new PairAssociation(columns[i].Name, columns[j].Name, Measure(i, j, table: 0), Measure(i, j, table: 1)),
        ];

        double Measure(int i, int j, int table)
            => columns[i].IsCategory || columns[j].IsCategory
                ? CramersV.Of(parts[i][table], parts[j][table])
                : Correlation.Pearson(columns[i].Values[table], columns[j].Values[table]);
    }
}
