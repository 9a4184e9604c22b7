using System.Globalization;
using Diffusion.Cards;
using Diffusion.Codecs;
using Diffusion.Denoising;
using Diffusion.Onnx.Compiling;
using Diffusion.Sampling;
using Diffusion.Solvers;

namespace Diffusion.Cli.Verification;

/// <summary>
/// Compares the points of a compiled sampler with those of the loop over its network, coordinate by coordinate in the units of
/// the network and in double, so that no column hides behind another.
/// </summary>
internal sealed class PointComparison
{
    /// <summary>The largest difference, in units of the network or relative to larger values, that rounding adds up to where the factors of
    /// the solver are small.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>How much a network may enlarge a rounding error on the way to the data.</summary>
    private const double Sensitivity = 8;

    private readonly DataInfo _data;
    private readonly double[] _resolutions;
    private readonly double _rounding;
    private double _largest;
    private double _allowed = Tolerance;
    private int _column;

    private PointComparison(DataInfo data, Tableau tableau)
    {
        _data = data;
        _resolutions = FloatResolution.Of(data);
        _rounding = Sensitivity * FloatResolution.RelativeStep * Math.Sqrt(tableau.Rows.Sum(row => Gain(row) * Gain(row)));
    }

    /// <summary>Gets a value indicating whether no coordinate differs by more than rounding explains.</summary>
    public bool IsEqual => _largest <= _allowed;

    /// <summary>Gets a value indicating whether all numbers of the file are the same.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Runs both from the same noise; where the file shows every step, all steps are compared.</summary>
    /// <exception cref="DiffusionException">The network cannot be run, or float32 cannot carry a column.</exception>
    public static PointComparison Run(
        CompiledSampler compiled,
        NetworkFile network,
        ModelCard card,
        SamplingJob job,
        CancellationToken cancellationToken)
    {
        if (FloatResolution.CoarseColumns(card.Data) is { Length: > 0 } columns)
        {
            throw new DiffusionException(
                $"The points of '{network.Source}' cannot be compared: a compiled file returns float32, which cannot resolve the values of "
                    + $"{string.Join(", ", columns)}.");
        }

        // Without shift and scale the loop gives its points in the units of the network.
        ModelCard inner = card with { Data = new DataInfo { Name = card.Data.Name, Dimension = card.Data.Dimension } };
        using DiffusionSampler loop = DiffusionSampler.Load(
            NetworkAdapter.Adapt(network, inner), new ModelOptions { Name = network.Source });
        SamplingJob recorded = job with
        {
            Plan = compiled.Plan, Clipping = compiled.Clip is { } bound ? new ClippingOptions { Bound = bound } : null,
        };
        PointComparison comparison = new(card.Data, compiled.Plan.Tableau);
        comparison.Add(Draw(loop, recorded, cancellationToken), Draw(compiled, job, cancellationToken));
        if (compiled.HasTrajectory)
        {
            foreach ((SampleFrame expected, SampleFrame found) in
                loop.Stream(recorded, cancellationToken: cancellationToken)
                    .Zip(compiled.Stream(job, cancellationToken: cancellationToken)))
            {
                comparison.Add(expected.Samples.Values, found.Samples.Values);
            }
        }

        return comparison;
    }

    /// <summary>Describes the largest difference.</summary>
    public string Describe()
    {
        string column = _data.Columns is { } names
            ? $"column {names[_column]}"
            : string.Create(CultureInfo.InvariantCulture, $"coordinate {_column + 1}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"the largest difference is {_largest:0.0e+0} in the units of the network, in {column}; "
                + $"up to {_allowed:0.0e+0} is rounding error");
    }

    /// <summary>How much a row multiplies a rounding error of x or of the prediction: with few steps its terms are large and
    /// cancel.</summary>
    private static double Gain(TableauRow row)
        => Math.Abs(row.A) + (row.C.Sum(Math.Abs) * (Math.Abs(row.P) + Math.Abs(row.Q)));

    private static float[] Draw(LocalSampler sampler, SamplingJob job, CancellationToken cancellationToken)
    {
        float[] samples = new float[job.Count * sampler.Signature.Shape.Size];
        sampler.Run(job, samples, cancellationToken: cancellationToken);
        return samples;
    }

    /// <param name="expected">Samples in the units of the network, <c>[n, d]</c>.</param>
    /// <param name="found">Samples in the units of the data, <c>[n, d]</c>; those of a table stay in the units of the network.</param>
    private void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            int column = i % _data.Dimension;
            double difference = Math.Abs(DataUnits.Standardize(_data, found[i], column) - expected[i]);
            double allowed = ((Tolerance + _rounding) * Math.Max(1, Math.Abs(expected[i]))) + _resolutions[column];
            IsExact &= (float)DataUnits.Restore(_data, expected[i], column) == found[i];

            if (difference / allowed > _largest / _allowed)
            {
                (_largest, _allowed, _column) = (difference, allowed, column);
            }
        }
    }
}
