using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>
/// The probability-flow ODE in σ and the density along it: with y = x/√ᾱ, dy/dσ = ε̂ and d log p/dσ = −∇·ε̂, the divergence
/// taken in y (Song et al. 2021, Eq. 39). The divergence comes from central differences between pairs of points: those of an
/// exact one are apart in one coordinate each, those of an estimate in all coordinates, in a random direction.
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

    private readonly IDenoiser _denoiser;
    private readonly NoiseSchedule _schedule;
    private readonly HutchinsonProbes? _probes;
    private readonly int _dimension;
    private readonly int _pairs;
    private readonly double _leastSigma;
    private readonly float[] _signs;
    private readonly float[] _x;
    private readonly float[] _epsilon;

    /// <param name="denoiser">Predicts ε.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="count">The number n of points.</param>
    /// <param name="probes">The directions of the pairs; null for an exact divergence.</param>
    public ProbabilityFlow(IDenoiser denoiser, NoiseSchedule schedule, int count, HutchinsonProbes? probes)
    {
        (_denoiser, _schedule, _probes) = (denoiser, schedule, probes);
        _dimension = denoiser.Signature.Shape.Size;
        _pairs = probes?.Count ?? _dimension;
        Estimates = probes?.Count ?? 1;
        _leastSigma = schedule.At(0).Sigma;
        _signs = new float[probes is null ? 0 : count * _dimension];
        _x = new float[count * _dimension * (1 + (2 * _pairs))];
        _epsilon = new float[_x.Length];
    }

    /// <summary>Gets the number m of values that are found for a divergence: one for each random direction, or the exact one.</summary>
    public int Estimates { get; }

    /// <summary>
    /// The slope at σ. Below index 0, where no network was trained, the score is that of index 0, so that ε̂ = −σ·score falls
    /// linearly to zero.
    /// </summary>
    /// <param name="sigma">σ, from 0 to σ(T−1).</param>
    /// <param name="y">y, <c>[n, d]</c>.</param>
    /// <param name="slope">Receives ε̂, <c>[n, d]</c>.</param>
    /// <param name="divergence">Receives what is found for ∇·ε̂, <c>[m, n]</c>.</param>
    public void SlopeAt(double sigma, ReadOnlySpan<double> y, Span<double> slope, Span<double> divergence)
    {
        double known = Math.Max(sigma, _leastSigma);
        double share = Math.Min(1, sigma / _leastSigma);
        NoiseLevel level = _schedule.AtSigma(known);
        Place(y, level.Signal);
        _denoiser.Predict(new DenoiserCall(_x, level), _epsilon);
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] = share * _epsilon[i];
        }

        int count = y.Length / _dimension;
        for (int i = 0; i < divergence.Length; i++)
        {
            // With coordinates of ±1, v·(∂ε̂/∂x)·v is the sum over the coordinates of Δε̂/Δx, as is the exact divergence.
            (int estimate, int point) = Math.DivRem(i, count);
            double sum = 0;
            for (int j = 0; j < _dimension; j++)
            {
                int after = PairStart(_probes is null ? j : estimate, y.Length) + (point * _dimension) + j;
                int before = after + y.Length;
                sum += ((double)_epsilon[after] - _epsilon[before]) / ((double)_x[after] - _x[before]);
            }

            divergence[i] = share * level.Signal * sum;
        }
    }

    /// <summary>The points, then for each pair all of them moved one way and all of them moved the other way.</summary>
    private void Place(ReadOnlySpan<double> y, double signal)
    {
        for (int i = 0; i < y.Length; i++)
        {
            _x[i] = (float)(signal * y[i]);
        }

        ReadOnlySpan<float> points = _x.AsSpan(0, y.Length);
        for (int pair = 0; pair < _pairs; pair++)
        {
            Span<float> after = _x.AsSpan(PairStart(pair, y.Length), y.Length);
            Span<float> before = _x.AsSpan(PairStart(pair, y.Length) + y.Length, y.Length);
            points.CopyTo(after);
            points.CopyTo(before);
            if (_probes is null)
            {
                for (int i = pair; i < y.Length; i += _dimension)
                {
                    Move(after, before, i, sign: 1);
                }
            }
            else
            {
                _probes.Fill(pair, _signs);
                for (int i = 0; i < y.Length; i++)
                {
                    Move(after, before, i, _signs[i]);
                }
            }
        }
    }

    /// <summary>Moves a coordinate of both points of a pair, from where both have it.</summary>
    private static void Move(Span<float> after, Span<float> before, int i, float sign)
    {
        float offset = sign * Math.Max(Offset, Math.Abs(after[i]) * RelativeOffset);
        after[i] += offset;
        before[i] -= offset;
    }

    private static int PairStart(int pair, int length) => (1 + (2 * pair)) * length;
}
