using Diffusion.Randomness;
using Diffusion.Solvers;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>What a compiled sampler takes for one chunk of samples: noise from the streams that the loop takes it from as well, and no
/// given cells.</summary>
internal sealed class CompiledNoise : IDisposable
{
    private readonly int _dimension;
    private readonly PhiloxNormal _normal;
    private readonly long _firstNumber;
    private readonly List<OrtValue> _values;

    public CompiledNoise(int dimension, Tableau tableau, SamplingJob job, (int First, int Count) chunk, CompiledCells cells)
    {
        _dimension = dimension;
        _normal = new PhiloxNormal(job.Seed, RandomDomain.Sampling);
        _firstNumber = (job.First + chunk.First) * dimension;
        float[] prior = job.Noise is { } given ? given.Slice(chunk.First, chunk.Count).Values.ToArray() : Prior(chunk.Count);
        _values = [OrtValue.CreateTensorValueFromMemory(prior, [chunk.Count, dimension])];
        if (!tableau.IsDeterministic)
        {
            int rows = tableau.Rows.Length;
            _values.Add(OrtValue.CreateTensorValueFromMemory(OfRows(chunk.Count, rows), [chunk.Count, rows, dimension]));
        }

        _values.AddRange(cells.GiveNothing(chunk.Count));
    }

    /// <summary>The inputs: x_T, the noise of all rows where the solver draws any, and the given cells.</summary>
    public IReadOnlyCollection<OrtValue> Values => _values;

    public void Dispose() => _values.ForEach(value => value.Dispose());

    private float[] Prior(int count)
    {
        float[] noise = new float[count * _dimension];
        _normal.Fill(NoiseStreams.Prior, _firstNumber, noise);
        return noise;
    }

    /// <summary>The noise of all rows, <c>[n, rows, d]</c>.</summary>
    private float[] OfRows(int count, int rows)
    {
        float[] all = new float[count * rows * _dimension];
        float[] one = new float[count * _dimension];
        for (int row = 0; row < rows; row++)
        {
            _normal.Fill(NoiseStreams.OfRow(row), _firstNumber, one);
            for (int i = 0; i < count; i++)
            {
                one.AsSpan(i * _dimension, _dimension).CopyTo(all.AsSpan(((i * rows) + row) * _dimension));
            }
        }

        return all;
    }
}
