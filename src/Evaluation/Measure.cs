using Diffusion.Data.BuiltIn;
using Diffusion.Evaluation.Metrics;
using Diffusion.Points;

namespace Diffusion.Evaluation;

/// <summary>A number that says how well points agree with true ones.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Of">Computes it from points and as many true ones, both <c>[n, d]</c>.</param>
/// <param name="Exact">What it would be with endlessly many true points, where that is known.</param>
public sealed record Measure(string Name, Func<PointSet, PointSet, double> Of, double? Exact = null)
{
    /// <summary>The share of the samples that lie nearest to the rows of a file: copies of rows show there first.</summary>
    private const double NearestShare = 0.1;

    /// <summary>What can be measured against any true points.</summary>
    private static readonly Measure[] Everywhere =
    [
        new("1-NN accuracy", NearestNeighborTest.Accuracy, Exact: 0.5),
        new("sliced 2-Wasserstein", SlicedWasserstein.Distance),
        new("energy distance", EnergyDistance.Between),
    ];

    /// <summary>What can be measured against a data set.</summary>
    public static IReadOnlyList<Measure> For(IDataSet set) => [.. Everywhere, .. OfCurve(set as ICurve), .. OfModes(set as IModes)];

    /// <summary>What can be measured against the rows of a file, in units of the columns' standard deviations.</summary>
    public static IReadOnlyList<Measure> ForFile { get; } =
    [
        .. Everywhere,
        new("means, largest gap", MomentDifference.OfMeans),
        new("deviations, largest gap", MomentDifference.OfDeviations),
        new("correlations, largest gap", MomentDifference.OfCorrelations),
        new("nearest row, 10 % quantile", (points, rows) => Quantile(NearestDistance.Of(points, rows), NearestShare)),
    ];

    private static IEnumerable<Measure> OfCurve(ICurve? curve)
        => curve is null
            ? []
            : [new Measure(
                "distance to the curve", (points, _) => Enumerable.Range(0, points.Count).Average(i => curve.DistanceToCurve(points[i])))];

    private static IEnumerable<Measure> OfModes(IModes? modes)
        => modes is null ? [] : modes.ModeWeights.Select((weight, mode) => new Measure(
            $"weight of mode {mode + 1}",
            (points, _) => Enumerable.Range(0, points.Count).Average(i => modes.ModeOf(points[i]) == mode ? 1.0 : 0.0),
            weight));

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values[(int)(share * values.Length)];
    }
}
