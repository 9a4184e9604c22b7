namespace Diffusion.Evaluation.Tables;

/// <summary>How well the rows of a table agree with real ones.</summary>
/// <param name="Shapes">How alike the columns are, each for itself.</param>
/// <param name="Trends">How alike the relations of columns are.</param>
/// <param name="Validity">Which share of the cells a real table could have.</param>
/// <param name="TwoSampleAuc">How well a classifier tells the rows from held-out ones: from about 0.5, where it cannot, to 1.</param>
/// <param name="Target">How well trees that are trained on the rows predict a column of held-out ones; null without target.</param>
/// <param name="Copies">The share of rows that repeat a training row, from 0 to 1.</param>
/// <param name="Distances">How far the rows are from the nearest training row.</param>
public sealed record TableMeasures(
    ColumnShapes Shapes,
    PairTrends Trends,
    Validity Validity,
    double TwoSampleAuc,
    TargetScore? Target,
    double Copies,
    RowDistances Distances)
{
    /// <summary>Gets the mean of column shapes and pair trends, from 0 to 1: the "Quality Score" of SDMetrics.</summary>
    public double Score => (Shapes.Mean + Trends.Mean) / 2;
}
