using Diffusion.Randomness;
using Diffusion.Time;
using Diffusion.Training.Data;

namespace Diffusion.Training;

/// <summary>
/// The batches of a run (Ho et al. 2020, Algorithm 1): x₀ from the data, i uniform on 0 … T−1, ε normal, and x_t from them.
/// The indices may be stratified: of a batch of n, one falls in each n-th part of 0 … T−1, which takes noise from the gradient
/// and leaves its mean as it is (Kingma et al. 2021, Appendix I.1). Batch k is a function of the seed and of k alone.
/// </summary>
internal sealed class TrainingBatch
{
    private const uint OnlyStream = 0;

    private readonly IPointSource _source;
    private readonly ulong _seed;
    private readonly NoiseSchedule _schedule;
    private readonly PhiloxNormal _normal;
    private readonly PhiloxUniform _uniform;
    private readonly float[] _uniforms;
    private readonly bool _isStratified;

    public TrainingBatch(IPointSource source, NoiseSchedule schedule, int size, ulong seed, bool isStratified)
    {
        _isStratified = isStratified;
        _source = source;
        _seed = seed;
        _schedule = schedule;
        _normal = new PhiloxNormal(seed, RandomDomain.Forward);
        _uniform = new PhiloxUniform(seed, RandomDomain.Timestep);
        Noisy = new float[size * source.Info.Dimension];
        Epsilon = new float[Noisy.Length];
        Indices = new long[size];
        _uniforms = new float[size];
    }

    /// <summary>x_t, <c>[n, d]</c>.</summary>
    public float[] Noisy { get; }

    /// <summary>ε, <c>[n, d]</c>.</summary>
    public float[] Epsilon { get; }

    /// <summary>The indices i, <c>[n]</c>.</summary>
    public long[] Indices { get; }

    /// <summary>Draws the batch of an iteration.</summary>
    public void Draw(int iteration)
    {
        int size = Indices.Length;
        int dimension = _source.Info.Dimension;
        long first = (long)iteration * size;
        _source.Fill(_seed, first, Noisy);
        _normal.Fill(OnlyStream, first * dimension, Epsilon);
        _uniform.Fill(OnlyStream, first, _uniforms);
        for (int i = 0; i < size; i++)
        {
            double share = _isStratified ? (i + (double)_uniforms[i]) / size : _uniforms[i];
            Indices[i] = (int)(share * _schedule.TrainTimesteps);
            Span<float> point = Noisy.AsSpan(i * dimension, dimension);
            ForwardProcess.AddNoise(point, Epsilon.AsSpan(i * dimension, dimension), _schedule.At(Indices[i]), point);
        }
    }
}
