using Diffusion.Randomness;
using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>How well a synthetic table agrees with the real one that it was learned from.</summary>
/// <param name="Synthetic">What was measured for the synthetic rows.</param>
/// <param name="Real">The same for real rows that were not trained on: what good synthetic rows reach.</param>
/// <param name="NearerToTraining">The share of synthetic rows that are nearer to a training row than to any of equally many held-out
/// rows: about 0.5 where they do not repeat what they were learned from. Null without held-out rows.</param>
/// <param name="Remarks">What was decided that a user should know, a sentence each.</param>
public sealed record TableReport(
    TableMeasures Synthetic, TableMeasures Real, double? NearerToTraining, IReadOnlyList<string> Remarks)
{
    private const int FewestRows = 4;

    /// <summary>Returns the keys of the figures that a report has.</summary>
    /// <param name="hasTarget">Whether a column is predicted from the others.</param>
    public static IReadOnlyList<string> Keys(bool hasTarget)
        => ["shapes", "trends", "score", "valid", "auc", .. hasTarget ? ["target"] : Array.Empty<string>(), "copies", "distance", "near"];

    /// <summary>Gets the figures, the same for synthetic and for real rows.</summary>
    public IReadOnlyList<TableFigure> Figures =>
    [
        Figure("shapes", "column shapes", measures => measures.Shapes.Mean),
        Figure("trends", "pair trends", measures => measures.Trends.Mean),
        Figure("score", "score", measures => measures.Score),
        Figure("valid", "valid rows", measures => measures.Validity.Rows),
        Figure("auc", "two-sample test, AUC", measures => measures.TwoSampleAuc, isLargerBetter: false),
        .. Synthetic.Target is null ? Array.Empty<TableFigure>() : [Figure("target", NameOf(Synthetic.Target.Measure), TargetOf)],
        Figure("copies", "copies of training rows", measures => measures.Copies, isLargerBetter: false),
        Figure("distance", "distance to training rows, median", measures => measures.Distances.Median),
        Figure("near", "distance to training rows, 5 % quantile", measures => measures.Distances.Near),
    ];

    /// <summary>
    /// Measures a synthetic table. Without held-out rows, half of the training rows, chosen at random, stand in for them: the figures
    /// of real rows then are those of one half against the other, and the two-sample test and the target are those of rows that were
    /// trained on.
    /// </summary>
    /// <param name="training">The rows that the synthetic ones were learned from, at least 4.</param>
    /// <param name="holdOut">Real rows that were not trained on, at least 2; null where there are none.</param>
    /// <param name="synthetic">The synthetic rows, at least 2. Columns that they lack are left out.</param>
    /// <param name="options">How to compare; by default without target, with seed 0.</param>
    /// <param name="cancellationToken">Ends the work early, between measures.</param>
    /// <exception cref="DiffusionException">A real table lacks a column of the synthetic one or holds something else in it, there are too
    /// few rows, or the target cannot be predicted.</exception>
    public static TableReport Of(
        Table training,
        Table? holdOut,
        Table synthetic,
        TableReportOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(synthetic);
        options ??= new TableReportOptions();
        if (training.Count < FewestRows)
        {
            throw new DiffusionException(Invariant($"At least {FewestRows} training rows are required; found {training.Count}."));
        }

        Table all = Columns(training, synthetic);
        int[] order = Permutation.Of(all.Count, options.Seed, RandomDomain.HoldOut);
        Table seen = holdOut is null ? all.SelectRows(order.AsSpan(0, order.Length / 2)) : all;
        Table unseen = holdOut is null ? all.SelectRows(order.AsSpan(order.Length / 2)) : Columns(holdOut, synthetic);
        TableComparison comparison = new(seen, unseen, options, cancellationToken);
        double? nearer = holdOut is null ? null
            : RowDistances.NearerToTraining(seen, unseen, synthetic, options.Seed, options.Categories);
        string[] lacking = [.. training.Columns.Select(column => column.Name).Where(name => synthetic.Find(name) is null)];
        return new TableReport(
            comparison.Of(all, synthetic, synthetic),
            comparison.Of(seen, unseen, seen),
            nearer,
            lacking.Length == 0 ? [] : [$"The synthetic table lacks these columns, which are left out: {string.Join(", ", lacking)}."]);
    }

    /// <summary>The columns of a real table that the synthetic one has.</summary>
    private static Table Columns(Table real, Table synthetic) => new([.. synthetic.Columns.Select(column => real[column.Name])]);

    private static string NameOf(TargetMeasure measure) => measure switch
    {
        TargetMeasure.Auc => "target, AUC",
        TargetMeasure.Accuracy => "target, accuracy",
        _ => "target, R²",
    };

    private static double TargetOf(TableMeasures measures) => measures.Target!.Value;

    private TableFigure Figure(string key, string name, Func<TableMeasures, double> of, bool isLargerBetter = true)
        => new(key, name, of(Synthetic), of(Real), isLargerBetter);
}
