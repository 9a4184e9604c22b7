using Diffusion.Denoising;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>
/// Carries points from data to noise along the probability-flow ODE and gathers their log-likelihood:
/// log p(x_t) = log N(x_T; 0, I) + d/2·log(ᾱ_T/ᾱ_t) + ∫ ∇·ε̂ dσ (Song et al. 2021, Eq. 39, in the variables of
/// <see cref="ProbabilityFlow"/>).
/// </summary>
internal sealed class LogLikelihood
{
    /// <summary>The name of the method that carries the points.</summary>
    public const string MethodName = "rk4";

    private static readonly ButcherTableau Method = ButcherTableau.Classical;

    private readonly int _count;
    private readonly ProbabilityFlow _flow;
    private readonly double[] _y;
    private readonly double[] _stage;
    private readonly double[] _gathered;
    private readonly double[][] _slopes;
    private readonly double[][] _divergences;

    /// <param name="denoiser">Predicts ε.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="points">The points x_t, <c>[n, d]</c>, in the units of the network.</param>
    /// <param name="level">The noise level of the points.</param>
    /// <param name="probes">The random directions for an estimate of the divergence; null for an exact one.</param>
    public LogLikelihood(
        IDenoiser denoiser, NoiseSchedule schedule, ReadOnlySpan<float> points, NoiseLevel level, HutchinsonProbes? probes)
    {
        _count = points.Length / denoiser.Signature.Shape.Size;
        _flow = new ProbabilityFlow(denoiser, schedule, _count, probes);
        double signal = level.Signal;
        _y = Array.ConvertAll(points.ToArray(), value => value / signal);
        _stage = new double[_y.Length];
        _gathered = new double[_flow.Estimates * _count];
        _slopes = Array.ConvertAll(new double[Method.Nodes.Length], _ => new double[_y.Length]);
        _divergences = Array.ConvertAll(_slopes, _ => new double[_gathered.Length]);
    }

    /// <summary>How many places the network is asked at for one point in one step.</summary>
    public static int EvaluationsPerStep(int dimension, int? probes) => Method.Nodes.Length * Places(dimension, probes);

    /// <summary>What one point takes in memory, in bytes: its places and the answers there in float, its slopes and where they start in
    /// double.</summary>
    public static long BytesPerPoint(int dimension, int? probes)
        => (2L * sizeof(float) * dimension * Places(dimension, probes))
            + ((2L + Method.Nodes.Length) * sizeof(double) * (dimension + (probes ?? 1)));

    /// <summary>One step of the Runge–Kutta method from one noise level to the next.</summary>
    public void Advance(double from, double to)
    {
        double length = to - from;
        for (int stage = 0; stage < Method.Nodes.Length; stage++)
        {
            _y.CopyTo(_stage, 0);
            Add(_stage, _slopes, Method.Stages[stage], length);
            _flow.SlopeAt(from + (Method.Nodes[stage] * length), _stage, _slopes[stage], _divergences[stage]);
        }

        Add(_y, _slopes, Method.Weights, length);
        Add(_gathered, _divergences, Method.Weights, length);
    }

    /// <summary>The log-likelihoods in nats, <c>[n]</c>, once the last noise level is reached.</summary>
    /// <param name="alphaBar">ᾱ_T.</param>
    /// <param name="firstAlphaBar">ᾱ of the points themselves; 1 for clean data.</param>
    public double[] At(double alphaBar, double firstAlphaBar)
    {
        int dimension = _y.Length / _count;
        double[] result = new double[_count];
        for (int i = 0; i < result.Length; i++)
        {
            double square = 0;
            foreach (double y in _y.AsSpan(i * dimension, dimension))
            {
                square += alphaBar * y * y;
            }

            result[i] = Found(i).Average() - (0.5 * (square + (dimension * Math.Log(Math.Tau * firstAlphaBar / alphaBar))));
        }

        return result;
    }

    /// <summary>The standard errors of the log-likelihoods, <c>[n]</c>; null if there are no estimates to tell them from.</summary>
    public double[]? StandardErrors()
        => _flow.Estimates == 1 ? null : [.. Enumerable.Range(0, _count).Select(i => StandardError([.. Found(i)]))];

    /// <summary>What was gathered for a point, once for each estimate.</summary>
    private IEnumerable<double> Found(int point)
        => Enumerable.Range(0, _flow.Estimates).Select(estimate => _gathered[(estimate * _count) + point]);

    private static double StandardError(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    /// <summary>The number of places that the network is asked at for one slope: the point itself, and one pair for each coordinate or
    /// probe.</summary>
    private static int Places(int dimension, int? probes) => 1 + (2 * (probes ?? dimension));

    /// <summary>Adds the weighted vectors, times a length.</summary>
    private static void Add(double[] sum, double[][] vectors, IReadOnlyList<double> weights, double length)
    {
        for (int k = 0; k < weights.Count; k++)
        {
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(vectors[k], length * weights[k], sum, sum);
        }
    }
}
