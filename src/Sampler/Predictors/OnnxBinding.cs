using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>A session's inputs and outputs over arrays of our own; used by one thread at a time.</summary>
internal sealed class OnnxBinding : IDisposable
{
    /// <summary>
    /// The network always runs on a multiple of this many points. Its kernels may round what is left over beyond their
    /// vectors otherwise than the rest; filled up, a point comes out the same whatever chunk it is in.
    /// </summary>
    private const int Multiple = 4;

    /// <summary>About what ONNX Runtime allocates for a binding, its values and its run options, in bytes.</summary>
    private const int NativeBytes = 4_096;

    private readonly InferenceSession _session;
    private readonly float[] _sample;
    private readonly float[] _timestep = new float[1];
    private readonly float[] _epsilon;
    private readonly OrtValue[] _values;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();

    /// <param name="session">The session.</param>
    /// <param name="capacity">What <see cref="CapacityFor"/> gives for a number of points.</param>
    /// <param name="dimension">The dimension d of a point.</param>
    public OnnxBinding(InferenceSession session, int capacity, int dimension)
    {
        _session = session;
        Capacity = capacity;
        _sample = new float[capacity * dimension];
        _epsilon = new float[capacity * dimension];
        _values =
        [
            OrtValue.CreateTensorValueFromMemory(_sample, [capacity, dimension]),
            OrtValue.CreateTensorValueFromMemory(_timestep, [1]),
            OrtValue.CreateTensorValueFromMemory(_epsilon, [capacity, dimension]),
        ];
        _binding = session.CreateIoBinding();
        _binding.BindInput(OnnxContract.Sample, _values[0]);
        _binding.BindInput(OnnxContract.Timestep, _values[1]);
        _binding.BindOutput(OnnxContract.OutSample, _values[2]);
    }

    /// <summary>The largest number of points that fit in.</summary>
    public int Capacity { get; }

    /// <summary>Gets the memory that the binding takes, in bytes: its arrays, and what ONNX Runtime keeps for it.</summary>
    public long Bytes => NativeBytes + (sizeof(float) * ((long)_sample.Length + _epsilon.Length));

    /// <summary>The capacity of a binding for a number of points.</summary>
    public static int CapacityFor(int count) => (count + Multiple - 1) / Multiple * Multiple;

    /// <summary>Runs the network once on <c>[n, d]</c> points; what they leave free holds points of earlier runs, and is not looked at.</summary>
    public void Run(ReadOnlySpan<float> sample, float timestep, Span<float> epsilon)
    {
        sample.CopyTo(_sample);
        _timestep[0] = timestep;
        _session.RunWithBinding(_runOptions, _binding);
        _epsilon.AsSpan(0, epsilon.Length).CopyTo(epsilon);
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
