using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Samples;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>A session's inputs and outputs over arrays of our own; used by one thread at a time.</summary>
internal sealed class OnnxBinding : IDisposable
{
    /// <summary>
    /// A network of vectors always runs on a multiple of this many samples. Its kernels may round what is left over beyond their
    /// registers otherwise than the rest; filled up, a sample comes out the same whatever chunk it is in.
    /// </summary>
    private const int Multiple = 4;

    /// <summary>The numbers in the largest register of a processor (AVX-512). Pictures of a multiple of it leave nothing over, and need no
    /// other pictures beside them.</summary>
    private const int RegisterLength = 16;

    /// <summary>About what ONNX Runtime allocates for a binding, its values and its run options, in bytes.</summary>
    private const int NativeBytes = 4_096;

    private readonly InferenceSession _session;
    private readonly float[] _sample;
    private readonly float[] _timestep = new float[1];
    private readonly long[] _labels;
    private readonly float[] _given;
    private readonly float[] _mask;
    private readonly float[] _output;
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();

    /// <param name="session">The session.</param>
    /// <param name="capacity">What <see cref="CapacityFor"/> gives for a number of samples.</param>
    /// <param name="signature">What the network takes.</param>
    public OnnxBinding(InferenceSession session, int capacity, DenoiserSignature signature)
    {
        _session = session;
        Capacity = capacity;
        long[] shape = [capacity, .. signature.Shape.Lengths.Select(length => (long)length)];
        int values = capacity * signature.Shape.Size;
        ConditionSignature conditions = signature.Conditions;
        _sample = new float[values];
        _output = new float[values];
        _labels = new long[conditions.TakesLabels ? capacity : 0];
        _given = new float[conditions.TakesGiven ? values : 0];
        _mask = new float[_given.Length];
        _binding = session.CreateIoBinding();
        Bind(NetworkInputs.Sample, _sample, shape);
        Bind(NetworkInputs.Timestep, _timestep, [1]);
        if (conditions.TakesLabels)
        {
            Bind(NetworkInputs.ClassLabels, _labels, [capacity]);
        }

        if (conditions.TakesGiven)
        {
            Bind(NetworkInputs.Given, _given, shape);
            Bind(NetworkInputs.GivenMask, _mask, shape);
        }

        _binding.BindOutput(NetworkInputs.Output, Value(_output, shape));
    }

    /// <summary>Gets the largest number of samples that fit in.</summary>
    public int Capacity { get; }

    /// <summary>Gets the memory that the binding takes, in bytes: its arrays, and what ONNX Runtime keeps for it.</summary>
    public long Bytes => NativeBytes + (sizeof(long) * (long)_labels.Length)
        + (sizeof(float) * ((long)_sample.Length + _output.Length + _given.Length + _mask.Length));

    /// <summary>Gets the capacity of a binding for a number of samples.</summary>
    public static int CapacityFor(int count, SampleShape shape)
        => shape.IsImage && shape.Size % RegisterLength == 0 ? count : (count + Multiple - 1) / Multiple * Multiple;

    /// <summary>Runs the network once; what the samples leave free holds those of earlier runs, and is not looked at.</summary>
    public void Run(in DenoiserCall input, Span<float> output)
    {
        input.X.CopyTo(_sample);
        _timestep[0] = (float)input.Level.Timestep;
        if (input.Conditions is { } conditions)
        {
            conditions.Labels.Span.CopyTo(_labels);
            conditions.Given.Span.CopyTo(_given);
            conditions.Mask.Span.CopyTo(_mask);
        }
        else
        {
            _mask.AsSpan().Clear();
            _given.AsSpan().Clear();
        }

        _session.RunWithBinding(_runOptions, _binding);
        _output.AsSpan(0, output.Length).CopyTo(output);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        _values.ForEach(value => value.Dispose());
    }

    private void Bind<T>(string name, T[] memory, long[] shape)
        where T : unmanaged
        => _binding.BindInput(name, Value(memory, shape));

    private OrtValue Value<T>(T[] memory, long[] shape)
        where T : unmanaged
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        _values.Add(value);
        return value;
    }
}
