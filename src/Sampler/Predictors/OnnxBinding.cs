using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>A session's inputs and outputs over arrays of our own, for one number of points; used by one thread at a time.</summary>
internal sealed class OnnxBinding : IDisposable
{
    private readonly InferenceSession _session;
    private readonly float[] _sample;
    private readonly float[] _timestep = new float[1];
    private readonly float[] _epsilon;
    private readonly OrtValue[] _values;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();

    public OnnxBinding(InferenceSession session, int count, int dimension)
    {
        _session = session;
        Count = count;
        _sample = new float[count * dimension];
        _epsilon = new float[count * dimension];
        _values =
        [
            OrtValue.CreateTensorValueFromMemory(_sample, [count, dimension]),
            OrtValue.CreateTensorValueFromMemory(_timestep, [1]),
            OrtValue.CreateTensorValueFromMemory(_epsilon, [count, dimension]),
        ];
        _binding = session.CreateIoBinding();
        _binding.BindInput(OnnxContract.Sample, _values[0]);
        _binding.BindInput(OnnxContract.Timestep, _values[1]);
        _binding.BindOutput(OnnxContract.OutSample, _values[2]);
    }

    /// <summary>The number n of points.</summary>
    public int Count { get; }

    /// <summary>Runs the network once on <c>[n, d]</c> points.</summary>
    public void Run(ReadOnlySpan<float> sample, float timestep, Span<float> epsilon)
    {
        sample.CopyTo(_sample);
        _timestep[0] = timestep;
        _session.RunWithBinding(_runOptions, _binding);
        _epsilon.CopyTo(epsilon);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }
    }
}
