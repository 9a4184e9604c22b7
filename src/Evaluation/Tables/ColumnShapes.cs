using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>How alike the columns of two tables are, each for itself ("Column Shapes" of SDMetrics).</summary>
/// <param name="Columns">The score of each column, from 0 to 1: 1 − KS for numbers and dates, 1 − TV for categories.</param>
public sealed record ColumnShapes(IReadOnlyList<ColumnScore> Columns)
{
    /// <summary>Gets the mean score of the columns, from 0 to 1.</summary>
    public double Mean => Columns.Average(column => column.Score);

    /// <summary>Compares two tables of the same columns.</summary>
    /// <param name="real">The real rows, at least one.</param>
    /// <param name="synthetic">The rows to compare with them, at least one.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has no rows.</exception>
    public static ColumnShapes Of(Table real, Table synthetic, IReadOnlySet<string>? categories = null) => new(
    [
        .. MatchedColumn.Of(categories, real, synthetic).Select(column => new ColumnScore(
            column.Name,
            1 - (column.IsCategory
                ? Distributions.TotalVariation(column.Values[0], column.Values[1])
                : Distributions.KolmogorovSmirnov(column.Values[0], column.Values[1])))),
    ]);
}
