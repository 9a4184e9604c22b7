using Diffusion.Tables;

namespace Diffusion.Evaluation.Tables;

/// <summary>Measures rows against real ones.</summary>
/// <param name="training">The training rows.</param>
/// <param name="holdOut">The held-out rows.</param>
/// <param name="options">How to compare.</param>
/// <param name="cancellationToken">Ends the work early, between measures.</param>
internal sealed class TableComparison(
    Table training, Table holdOut, TableReportOptions options, CancellationToken cancellationToken)
{
    /// <summary>Takes all measures.</summary>
    /// <param name="real">What shapes, trends, cells and copies are compared with.</param>
    /// <param name="rows">The rows to measure.</param>
    /// <param name="toTell">The rows that are to be told from the held-out ones, and to predict them.</param>
    public TableMeasures Of(Table real, Table rows, Table toTell)
    {
        IReadOnlySet<string> categories = options.Categories;
        return new TableMeasures(
            Run(() => ColumnShapes.Of(real, rows, categories)),
            Run(() => PairTrends.Of(real, rows, categories)),
            Run(() => Validity.Of(real, rows, categories)),
            Run(() => ClassifierTwoSampleTest.Auc(holdOut, toTell, options.Seed, categories)),
            options.Target is { } target
                ? Run(() => TrainSyntheticTestReal.Of(toTell, holdOut, target, categories, options.NotPredictors))
                : null,
            Run(() => RowCopies.Share(real, rows)),
            Run(() => RowDistances.Of(training, rows, options.Seed, categories)));
    }

    private T Run<T>(Func<T> measure)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return measure();
    }
}
