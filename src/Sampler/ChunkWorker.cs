using Diffusion.Denoising;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Solvers;
using Diffusion.Time;

namespace Diffusion.Sampling;

/// <summary>Takes one chunk of samples after another through all rows, in the same memory.</summary>
internal sealed class ChunkWorker
{
    private readonly SamplingJob _job;
    private readonly IDenoiser _denoiser;
    private readonly PhiloxNormal _normal;
    private readonly int _size;
    private ConditionBatch? _conditions;
    private int _first;

    /// <param name="tableau">The rows.</param>
    /// <param name="job">The seed, the number of the first sample, and the conditions.</param>
    /// <param name="denoiser">Predicts ε.</param>
    /// <param name="capacity">The largest number of samples in a chunk.</param>
    public ChunkWorker(Tableau tableau, SamplingJob job, IDenoiser denoiser, int capacity)
    {
        _job = job;
        _denoiser = denoiser;
        _normal = new PhiloxNormal(job.Seed, RandomDomain.Sampling);
        _size = denoiser.Signature.Shape.Size;
        Executor = new TableauExecutor<float>(tableau, capacity * _size, Predict, FillNoise);
    }

    /// <summary>What carries the samples.</summary>
    public TableauExecutor<float> Executor { get; }

    private long FirstNumber => (_job.First + _first) * _size;

    /// <summary>Places the samples of a chunk at the start of the tableau.</summary>
    public void Begin((int First, int Count) chunk)
    {
        _first = chunk.First;
        _conditions = _job.Conditions?.Slice(chunk.First, chunk.Count);
        Span<float> x = Executor.Begin(chunk.Count * _size);
        if (_job.Noise is not { } start)
        {
            _normal.Fill(NoiseStreams.Prior, FirstNumber, x);
        }
        else
        {
            start.Slice(chunk.First, chunk.Count).Values.CopyTo(x);
        }
    }

    private void Predict(ReadOnlySpan<float> x, NoiseLevel level, Span<float> epsilon)
        => _denoiser.Predict(new DenoiserCall(x, level, _conditions, _job.Offset + _first), epsilon);

    private void FillNoise(int row, Span<float> z) => _normal.Fill(NoiseStreams.OfRow(row), FirstNumber, z);
}
