using Diffusion.Points;
using Diffusion.Randomness;
using Diffusion.Solvers;

namespace Diffusion.Sampling;

/// <summary>Takes one chunk of samples after another through all rows, in the same memory.</summary>
internal sealed class ChunkWorker
{
    private readonly long _firstSample;
    private readonly PointSet? _start;
    private readonly PhiloxNormal _normal;
    private readonly int _dimension;
    private long _firstNumber;

    /// <param name="tableau">The rows.</param>
    /// <param name="options">The seed, and the number of the first sample.</param>
    /// <param name="start">The points at the start of the tableau, <c>[n, d]</c>; null for noise from the seed.</param>
    /// <param name="predictor">The network.</param>
    /// <param name="capacity">The largest number of samples in a chunk.</param>
    public ChunkWorker(Tableau tableau, SamplerOptions options, PointSet? start, INoisePredictor predictor, int capacity)
    {
        _firstSample = options.FirstSample;
        _start = start;
        _normal = new PhiloxNormal(options.Seed, RandomDomain.Sampling);
        _dimension = predictor.Dimension;
        Executor = new TableauExecutor<float>(tableau, capacity * _dimension, predictor.Predict, FillNoise);
    }

    /// <summary>What carries the samples.</summary>
    public TableauExecutor<float> Executor { get; }

    /// <summary>Places the samples of a chunk at the start of the tableau.</summary>
    public void Begin((int First, int Count) range)
    {
        _firstNumber = (_firstSample + range.First) * _dimension;
        Span<float> x = Executor.Begin(range.Count * _dimension);
        if (_start is null)
        {
            _normal.Fill(NoiseStreams.Prior, _firstNumber, x);
        }
        else
        {
            Chunks.Slice(_start.Values, range, _dimension).CopyTo(x);
        }
    }

    private void FillNoise(int row, Span<float> z) => _normal.Fill(NoiseStreams.OfRow(row), _firstNumber, z);
}
