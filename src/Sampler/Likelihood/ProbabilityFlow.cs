using Diffusion.Schedules;

namespace Diffusion.Sampling;

/// <summary>
/// The probability-flow ODE in σ and the density along it: with y = x/√ᾱ, dy/dσ = ε̂ and d log p/dσ = −∇·ε̂, the divergence
/// taken in y (Song et al. 2021, Eq. 39). The divergence comes from central differences, one pair of points a coordinate.
/// </summary>
internal sealed class ProbabilityFlow
{
    /// <summary>
    /// Half the distance of a pair, in x. Data of unit size have no structure finer than a few hundredths, against which
    /// this is small; of what it divides, float keeps four digits.
    /// </summary>
    private const float Offset = 1e-3f;

    /// <summary>The same as a share of a large x, of which float keeps seven digits.</summary>
    private const float RelativeOffset = 1f / 4096;

    private readonly INoisePredictor _predictor;
    private readonly NoiseSchedule _schedule;
    private readonly double _leastSigma;
    private readonly float[] _x;
    private readonly float[] _epsilon;

    /// <param name="predictor">The network.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="count">The number n of points.</param>
    public ProbabilityFlow(INoisePredictor predictor, NoiseSchedule schedule, int count)
    {
        (_predictor, _schedule) = (predictor, schedule);
        _leastSigma = schedule.SigmaAt(0);
        _x = new float[count * predictor.Dimension * (1 + (2 * predictor.Dimension))];
        _epsilon = new float[_x.Length];
    }

    /// <summary>
    /// The slope at σ. Below index 0, where no network was trained, the score is that of index 0, so that ε̂ = −σ·score falls
    /// linearly to zero.
    /// </summary>
    /// <param name="sigma">σ, from 0 to σ(T−1).</param>
    /// <param name="y">y, <c>[n, d]</c>.</param>
    /// <param name="slope">Receives ε̂, <c>[n, d]</c>.</param>
    /// <param name="divergence">Receives ∇·ε̂, <c>[n]</c>.</param>
    public void SlopeAt(double sigma, ReadOnlySpan<double> y, Span<double> slope, Span<double> divergence)
    {
        double known = Math.Max(sigma, _leastSigma);
        double share = Math.Min(1, sigma / _leastSigma);
        double signal = ForwardProcess.SignalScale(ForwardProcess.AlphaBar(known));
        Place(y, signal);
        _predictor.Predict(_x, _schedule.IndexAt(known), _epsilon);
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] = share * _epsilon[i];
        }

        int dimension = _predictor.Dimension;
        for (int i = 0; i < divergence.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < dimension; j++)
            {
                int after = PairStart(j, y.Length) + (i * dimension) + j;
                int before = after + y.Length;
                sum += ((double)_epsilon[after] - _epsilon[before]) / ((double)_x[after] - _x[before]);
            }

            divergence[i] = share * signal * sum;
        }
    }

    /// <summary>The points, then for each coordinate all of them moved up and all of them moved down in it.</summary>
    private void Place(ReadOnlySpan<double> y, double signal)
    {
        for (int i = 0; i < y.Length; i++)
        {
            _x[i] = (float)(signal * y[i]);
        }

        int dimension = _predictor.Dimension;
        ReadOnlySpan<float> points = _x.AsSpan(0, y.Length);
        for (int j = 0; j < dimension; j++)
        {
            Span<float> after = _x.AsSpan(PairStart(j, y.Length), y.Length);
            Span<float> before = _x.AsSpan(PairStart(j, y.Length) + y.Length, y.Length);
            points.CopyTo(after);
            points.CopyTo(before);
            for (int i = j; i < y.Length; i += dimension)
            {
                float offset = Math.Max(Offset, Math.Abs(points[i]) * RelativeOffset);
                after[i] += offset;
                before[i] -= offset;
            }
        }
    }

    private static int PairStart(int coordinate, int length) => (1 + (2 * coordinate)) * length;
}
