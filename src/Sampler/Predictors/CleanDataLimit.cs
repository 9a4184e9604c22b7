using System.Numerics.Tensors;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>
/// Keeps the predicted clean data x̂₀ within bounds and derives ε̂ from them again, so that a large
/// error of the network at high noise does not carry points away.
/// </summary>
public sealed class CleanDataLimit : INoisePredictor
{
    /// <summary>Points of no more coordinates are worked on in the stack.</summary>
    private const int LargestOnStack = 64;

    private readonly INoisePredictor _predictor;
    private readonly NoiseSchedule _schedule;
    private readonly ClippingOptions _options;

    /// <summary>Wraps a predictor.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public CleanDataLimit(INoisePredictor predictor, NoiseSchedule schedule, ClippingOptions options)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_predictor, _schedule, _options) = (predictor, schedule, options);
    }

    /// <inheritdoc/>
    public int Dimension => _predictor.Dimension;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        _predictor.Predict(x, timestep, epsilon);
        double alphaBar = _schedule.AlphaBarAt(timestep);
        (double ofX, double ofEpsilon) = ForwardProcess.CleanData(alphaBar);
        Span<double> memory = Dimension <= LargestOnStack ? stackalloc double[2 * Dimension] : new double[2 * Dimension];
        Span<double> clean = memory[..Dimension];
        for (int first = 0; first < x.Length; first += Dimension)
        {
            for (int j = 0; j < Dimension; j++)
            {
                clean[j] = (ofX * x[first + j]) + (ofEpsilon * epsilon[first + j]);
            }

            Limit(clean, memory[Dimension..]);
            for (int j = 0; j < Dimension; j++)
            {
                epsilon[first + j] = (float)((clean[j] - (ofX * x[first + j])) / ofEpsilon);
            }
        }
    }

    private void Limit(Span<double> clean, Span<double> scratch)
    {
        double reach = _options.Percentile is { } percentile
            ? Math.Clamp(Quantile(clean, percentile, scratch), _options.Bound, _options.LargestReach)
            : _options.Bound;
        foreach (ref double value in clean)
        {
            value = Math.Clamp(value, -reach, reach) * _options.Bound / reach;
        }
    }

    /// <summary>The quantile of the absolute values, linear between neighbours.</summary>
    private static double Quantile(ReadOnlySpan<double> values, double share, Span<double> sorted)
    {
        TensorPrimitives.Abs(values, sorted);
        sorted.Sort();
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        return double.Lerp(sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], position - below);
    }
}
