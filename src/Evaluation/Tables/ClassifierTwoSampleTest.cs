using Diffusion.Evaluation.Tables.Boosting;
using Diffusion.Randomness;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>How well a classifier tells the rows of two tables apart (Lopez-Paz and Oquab 2017).</summary>
public static class ClassifierTwoSampleTest
{
    /// <summary>The largest number of rows of each table that are used; of more, as many are chosen at random.</summary>
    public const int MostRows = 6_000;

    /// <summary>Fewer rows are chosen and judged several times, but not more often than this.</summary>
    private const int MostChoices = 5;

    private const int Folds = 4;
    private const int Trees = 100;
    private const double LearningRate = 0.1;

    /// <summary>Of fewer rows trees have fewer leaves.</summary>
    private const int FewRows = 1_500;
    private const int Leaves = 31, FewerLeaves = 15;

    /// <summary>Of no more rows than this leaves have fewer of them.</summary>
    private const int VeryFewRows = 400;
    private const int RowsPerLeaf = 20, FewerRowsPerLeaf = 8;

    /// <summary>
    /// The area under the receiver operating characteristic of boosted trees, each row judged by trees that have not seen it, in 4 folds.
    /// As many rows of both tables are used; of few rows, the mean of up to 5 choices and folds is taken.
    /// </summary>
    /// <param name="real">The real rows, at least 2; better rows that were not trained on.</param>
    /// <param name="synthetic">The rows to tell from them, at least 2.</param>
    /// <param name="seed">Chooses the rows and the folds.</param>
    /// <param name="categories">The columns of numbers or dates that are treated as categories, as text is; none by default.</param>
    /// <returns>From about 0.5, where the tables cannot be told apart, to 1.</returns>
    /// <exception cref="DiffusionException">The tables differ in their columns or in what those hold, or one has fewer than 2
    /// rows.</exception>
    public static double Auc(Table real, Table synthetic, ulong seed, IReadOnlySet<string>? categories = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        int count = Math.Min(Math.Min(real.Count, synthetic.Count), MostRows);
        if (count < 2)
        {
            throw new DiffusionException(Invariant($"Tables of at least 2 rows are required; found {real.Count} and {synthetic.Count}."));
        }

        IReadOnlyList<MatchedColumn> columns = MatchedColumn.Of(categories, real, synthetic);
        BoostingOptions options = new(
            Trees, LearningRate, count < FewRows ? FewerLeaves : Leaves, count > VeryFewRows ? RowsPerLeaf : FewerRowsPerLeaf);
        return Enumerable.Range(0, Math.Min(MostRows / count, MostChoices)).Average(choice =>
        {
            int[] ofReal = Choose(real, 2 * choice), ofSynthetic = Choose(synthetic, (2 * choice) + 1);
            return Auc([.. columns.Select(column => FeatureOf(column, ofReal, ofSynthetic))], count, options);
        });

        int[] Choose(Table table, int stream) => Permutation.Of(table.Count, seed, RandomDomain.Choice, (uint)stream)[..count];

        static Feature FeatureOf(MatchedColumn column, int[] ofReal, int[] ofSynthetic) => new(
            [.. ofReal.Select(row => column.Values[0][row]), .. ofSynthetic.Select(row => column.Values[1][row])], column.IsCategory);
    }

    /// <summary>Judges equally many real and synthetic rows, both in random order. Every fold has as many of both kinds, so that their
    /// shares in training tell nothing.</summary>
    private static double Auc(Feature[] features, int count, BoostingOptions options)
    {
        double[] scores = new double[2 * count];
        Parallel.For(0, Folds, fold =>
        {
            int[] judged = [.. Enumerable.Range(0, scores.Length).Where(row => row % count % Folds == fold)];
            int[] training = [.. Enumerable.Range(0, scores.Length).Where(row => row % count % Folds != fold)];
            GradientBoosting model = new(
                [.. features.Select(feature => feature.SelectRows(training))],
                new LogLoss(Array.ConvertAll(training, row => row >= count)),
                options);
            double[] found = model.Predict([.. features.Select(feature => feature.SelectRows(judged))])[0];
            for (int i = 0; i < judged.Length; i++)
            {
                scores[judged[i]] = found[i];
            }
        });
        return RocCurve.Area(scores, [.. Enumerable.Range(0, scores.Length).Select(row => row >= count)]);
    }
}
