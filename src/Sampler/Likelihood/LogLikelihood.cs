using Diffusion.Schedules;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>
/// Carries points from data to noise along the probability-flow ODE and gathers their log-likelihood:
/// log p(x_t) = log N(x_T; 0, I) + d/2·log(ᾱ_T/ᾱ_t) + ∫ ∇·ε̂ dσ (Song et al. 2021, Eq. 39, in the variables of <see cref="ProbabilityFlow"/>).
/// </summary>
internal sealed class LogLikelihood
{
    /// <summary>The name of the method that carries the points.</summary>
    public const string MethodName = "rk4";

    private static readonly ButcherTableau Method = ButcherTableau.Classical;

    private readonly ProbabilityFlow _flow;
    private readonly double[] _y;
    private readonly double[] _stage;
    private readonly double[] _gathered;
    private readonly double[][] _slopes;
    private readonly double[][] _divergences;

    /// <param name="predictor">The network.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="points">The points x_t, <c>[n, d]</c>, in the units of the network.</param>
    /// <param name="alphaBar">ᾱ of the points; 1 for clean data.</param>
    public LogLikelihood(INoisePredictor predictor, NoiseSchedule schedule, ReadOnlySpan<float> points, double alphaBar)
    {
        int count = points.Length / predictor.Dimension;
        _flow = new ProbabilityFlow(predictor, schedule, count);
        double signal = ForwardProcess.SignalScale(alphaBar);
        _y = Array.ConvertAll(points.ToArray(), value => value / signal);
        _stage = new double[_y.Length];
        _gathered = new double[count];
        _slopes = Array.ConvertAll(new double[Method.Nodes.Length], _ => new double[_y.Length]);
        _divergences = Array.ConvertAll(_slopes, _ => new double[count]);
    }

    /// <summary>How many places the network is asked at for one point in one step.</summary>
    public static int EvaluationsPerStep(int dimension) => Method.Nodes.Length * (1 + (2 * dimension));

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
        int dimension = _y.Length / _gathered.Length;
        double[] result = new double[_gathered.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double square = 0;
            foreach (double y in _y.AsSpan(i * dimension, dimension))
            {
                square += alphaBar * y * y;
            }

            result[i] = _gathered[i] - (0.5 * (square + (dimension * Math.Log(Math.Tau * firstAlphaBar / alphaBar))));
        }

        return result;
    }

    /// <summary>Adds the weighted vectors, times a length.</summary>
    private static void Add(double[] sum, double[][] vectors, IReadOnlyList<double> weights, double length)
    {
        for (int k = 0; k < weights.Count; k++)
        {
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(vectors[k], length * weights[k], sum, sum);
        }
    }
}
