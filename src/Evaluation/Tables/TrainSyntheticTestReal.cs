using Diffusion.Evaluation.Tables.Boosting;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>
/// How well a column of real rows is predicted from their other columns, by boosted trees that were trained on synthetic rows
/// (Esteban et al. 2017). Trees that were trained on real rows say what could be reached.
/// </summary>
public static class TrainSyntheticTestReal
{
    /// <summary>The largest number of values of a target that is a category.</summary>
    public const int MostValues = 50;

    private const int Trees = 150;
    private const double LearningRate = 0.07;
    private const int Leaves = 31;

    /// <summary>Of no more training rows than this, leaves have fewer of them.</summary>
    private const int FewRows = 1_000;
    private const int RowsPerLeaf = 20, FewerRowsPerLeaf = 8;

    /// <summary>Trains on some rows, and tests on others. Rows without target are left out.</summary>
    /// <param name="training">The rows to train on, at least one.</param>
    /// <param name="test">The rows to test on, at least one.</param>
    /// <param name="target">The column to predict, of numbers or dates, or of no more than 50 categories.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <param name="except">Columns that nothing is predicted from, such as a sum that the target is a part of; none by default.</param>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, lack the target or its values, or
    /// the target has more categories.</exception>
    public static TargetScore Of(
        Table training,
        Table test,
        string target,
        IReadOnlySet<string>? categories = null,
        IReadOnlySet<string>? except = null)
    {
        IReadOnlyList<MatchedColumn> columns = MatchedColumn.Of(categories, test, training);
        MatchedColumn wanted = columns.First(column => column.Name == training[target].Name);
        double[] known = [.. wanted.Values[0].Where(value => !double.IsNaN(value)).Distinct().Order()];
        if (known.Length == 0 || (wanted.IsCategory && known.Length > MostValues))
        {
            throw new DiffusionException(Invariant(
                $"A target must have a value, or at most {MostValues} that are categories; '{target}' has {known.Length}."));
        }

        // Of a category, rows of values that no test row has are of no use.
        int[] trained = Rows(1, value => !double.IsNaN(value) && (!wanted.IsCategory || Array.BinarySearch(known, value) >= 0));
        int[] tested = Rows(0, value => !double.IsNaN(value));
        Feature[] from = Features(1, trained), to = Features(0, tested);
        double[] learned = Array.ConvertAll(trained, row => wanted.Values[1][row]);
        double[] truth = Array.ConvertAll(tested, row => wanted.Values[0][row]);
        if (from.Length == 0 || trained.Length == 0)
        {
            throw new DiffusionException($"There is nothing to predict '{target}' from.");
        }

        BoostingOptions options = new(Trees, LearningRate, Leaves, trained.Length > FewRows ? RowsPerLeaf : FewerRowsPerLeaf);
        return !wanted.IsCategory ? Regression.Score(from, learned, to, truth, options)
            : Classification.Score(from, Classes(learned), to, Classes(truth), known.Length, options);

        int[] Rows(int table, Func<double, bool> isUsed)
            => [.. Enumerable.Range(0, wanted.Values[table].Length).Where(row => isUsed(wanted.Values[table][row]))];

        Feature[] Features(int table, int[] rows) =>
        [
            .. columns.Where(column => column != wanted && except?.Contains(column.Name) != true)
                .Select(column => new Feature(column.Values[table], column.IsCategory).SelectRows(rows)),
        ];

        int[] Classes(double[] codes) => Array.ConvertAll(codes, code => Array.BinarySearch(known, code));
    }
}
