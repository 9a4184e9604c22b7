using Diffusion.Randomness;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Benchmarks;

/// <summary>The network alone: calls of ONNX Runtime on the same buffers, in pieces of the sampler's size, without anything between
/// them.</summary>
internal sealed class BareSession : IDisposable
{
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _timestep = new float[1];
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding[] _bindings;

    /// <param name="count">The number of points.</param>
    /// <param name="chunkSize">How many of them go through the network at once.</param>
    /// <param name="threads">The threads within the session.</param>
    public BareSession(int count, int chunkSize, int threads = 1)
    {
        _options = new SessionOptions { IntraOpNumThreads = threads };
        _session = new InferenceSession(Models.Path, _options);
        int chunks = (count + chunkSize - 1) / chunkSize;
        _bindings = [.. Enumerable.Range(0, chunks).Select(k => Bind(Math.Min(chunkSize, count - (k * chunkSize))))];
    }

    /// <summary>Sends all points through the network once for each row.</summary>
    public void Run(int rows)
    {
        foreach (OrtIoBinding binding in _bindings)
        {
            for (int row = 0; row < rows; row++)
            {
                _timestep[0] = rows - 1 - row;
                _session.RunWithBinding(_runOptions, binding);
            }
        }
    }

    public void Dispose()
    {
        _values.ForEach(value => value.Dispose());
        Array.ForEach(_bindings, binding => binding.Dispose());
        _runOptions.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private OrtIoBinding Bind(int count)
    {
        const int Dimension = 2;
        float[] points = new float[Dimension * count];
        new PhiloxNormal(0, RandomDomain.Sampling).Fill(0, 0, points);
        OrtIoBinding binding = _session.CreateIoBinding();
        binding.BindInput("sample", Keep(OrtValue.CreateTensorValueFromMemory(points, [count, Dimension])));
        binding.BindInput("timestep", Keep(OrtValue.CreateTensorValueFromMemory(_timestep, [1])));
        binding.BindOutput("out_sample", Keep(OrtValue.CreateTensorValueFromMemory(new float[points.Length], [count, Dimension])));
        return binding;
    }

    private OrtValue Keep(OrtValue value)
    {
        _values.Add(value);
        return value;
    }
}
