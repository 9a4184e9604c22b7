using System.Numerics.Tensors;
using Diffusion.Denoising;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.Training.Data;
using Diffusion.Training.Networks;
using static TorchSharp.torch;

namespace Diffusion.Training;

/// <summary>
/// The batches of a run (Ho et al. 2020, Algorithm 1): x₀ from the data, i uniform on 0 … T−1, ε normal, and x_t from them.
/// The indices may be stratified: of a batch of n, one falls in each n-th part of 0 … T−1, which takes noise from the gradient
/// and leaves its mean as it is (Kingma et al. 2021, Appendix I.1). Batch k is a function of the seed and of k alone.
/// </summary>
internal sealed class TrainingBatch
{
    private const uint OnlyStream = 0;

    private readonly IBatchSource _source;
    private readonly DenoiserSignature _signature;
    private readonly NoiseSchedule _schedule;
    private readonly Objective _objective;
    private readonly ulong _seed;
    private readonly PhiloxNormal _normal;
    private readonly PhiloxUniform _uniform;
    private readonly float[] _uniforms;
    private ConditionBatch _conditions;

    /// <param name="source">Where the samples come from.</param>
    /// <param name="signature">What the network takes and gives.</param>
    /// <param name="schedule">The noise schedule.</param>
    /// <param name="objective">What the network is trained for.</param>
    /// <param name="size">The number n of samples.</param>
    /// <param name="seed">The seed.</param>
    public TrainingBatch(
        IBatchSource source, DenoiserSignature signature, NoiseSchedule schedule, Objective objective, int size, ulong seed)
    {
        (_source, _signature, _schedule, _objective, _seed) = (source, signature, schedule, objective, seed);
        _normal = new PhiloxNormal(seed, RandomDomain.Forward);
        _uniform = new PhiloxUniform(seed, RandomDomain.Timestep);
        _uniforms = new float[size];
        _conditions = new ConditionBatch(size);
        Noisy = new float[size * signature.Shape.Size];
        Clean = new float[Noisy.Length];
        Epsilon = new float[Noisy.Length];
        Target = new float[Noisy.Length];
        Indices = new long[size];
        Weights = new float[size];
    }

    /// <summary>x_t, <c>[n, Size]</c>.</summary>
    public float[] Noisy { get; }

    /// <summary>x₀, <c>[n, Size]</c>.</summary>
    public float[] Clean { get; }

    /// <summary>ε, <c>[n, Size]</c>.</summary>
    public float[] Epsilon { get; }

    /// <summary>What the network should give, <c>[n, Size]</c>.</summary>
    public float[] Target { get; }

    /// <summary>The indices i, <c>[n]</c>.</summary>
    public long[] Indices { get; }

    /// <summary>How much the squared error of each sample counts, <c>[n]</c>.</summary>
    public float[] Weights { get; }

    /// <summary>Draws the batch of an iteration.</summary>
    public void Draw(int iteration)
    {
        int size = _signature.Shape.Size;
        long first = (long)iteration * Indices.Length;
        CleanBatch batch = _source.Draw(_seed, first, Indices.Length);
        batch.Conditions.Validate(_signature.Conditions, size);
        _conditions = batch.Conditions;
        batch.Samples.Values.CopyTo(Clean);
        _normal.Fill(OnlyStream, first * size, Epsilon);
        _uniform.Fill(OnlyStream, first, _uniforms);
        for (int i = 0; i < Indices.Length; i++)
        {
            double share = _objective.StratifiedTimesteps ? (i + (double)_uniforms[i]) / Indices.Length : _uniforms[i];
            Indices[i] = (int)(share * _schedule.TrainTimesteps);
            NoiseLevel level = _schedule.At(Indices[i]);
            ReadOnlySpan<float> clean = batch.Samples[i];
            ReadOnlySpan<float> noise = Epsilon.AsSpan(i * size, size);
            Span<float> target = Target.AsSpan(i * size, size);
            ForwardProcess.AddNoise(clean, noise, level, Noisy.AsSpan(i * size, size));
            (double ofClean, double ofNoise) = _signature.Prediction.Target(level);
            TensorPrimitives.Multiply(clean, (float)ofClean, target);
            TensorPrimitives.MultiplyAdd(noise, (float)ofNoise, target, target);
            Weights[i] = (float)_objective.Weighting.Weight(_signature.Prediction, level);
        }
    }

    /// <summary>Copies some of the samples into tensors of the current scope.</summary>
    /// <param name="first">The number of the first, from 0.</param>
    /// <param name="count">How many.</param>
    public TrainingTensors ToTensors(int first, int count)
    {
        int size = _signature.Shape.Size;
        long[] shape = [count, .. _signature.Shape.Lengths];
        ConditionBatch conditions = _conditions.Slice(first, count);
        return new TrainingTensors(
            tensor(Noisy.AsSpan(first * size, count * size).ToArray(), shape),
            tensor(Clean.AsSpan(first * size, count * size).ToArray(), [count, size]),
            tensor(Epsilon.AsSpan(first * size, count * size).ToArray(), [count, size]),
            tensor(Indices.AsSpan(first, count).ToArray()),
            new TensorConditions(
                _signature.Conditions.TakesLabels ? tensor(conditions.Labels.ToArray()) : null,
                _signature.Conditions.TakesGiven ? tensor(conditions.Given.ToArray(), shape) : null,
                _signature.Conditions.TakesGiven ? tensor(conditions.Mask.ToArray(), shape) : null),
            tensor(Target.AsSpan(first * size, count * size).ToArray(), [count, size]),
            tensor(Weights.AsSpan(first, count).ToArray(), [count, 1]));
    }
}
