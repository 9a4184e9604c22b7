using System.Collections.Concurrent;
using Diffusion.Files;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>
/// A network in an .onnx file: inputs <c>sample</c> float32 <c>[n, d]</c> and <c>timestep</c> float32 <c>[1]</c>,
/// output <c>out_sample</c> float32 <c>[n, d]</c>.
/// </summary>
public sealed class OnnxNoisePredictor : INoisePredictor, IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>As many as threads have predicted at the same time, at most.</summary>
    private readonly ConcurrentBag<OnnxBinding> _idle = [];

    /// <summary>Held for reading while the session runs, for writing while it is released.</summary>
    private readonly ReaderWriterLockSlim _life = new();
    private readonly string _source;

    private bool _isDisposed;

    private OnnxNoisePredictor(InferenceSession session, string source)
    {
        _session = session;
        _source = source;
        OnnxContract.Check(session, source);
        Dimension = session.InputMetadata[OnnxContract.Sample].Dimensions[1];
        Metadata = session.ModelMetadata.CustomMetadataMap;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <summary>The key and value pairs that the file carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Loads a network from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">How ONNX Runtime runs it; by default on the CPU with one thread.</param>
    /// <exception cref="DiffusionException">The file is missing, or is not such a network.</exception>
    public static OnnxNoisePredictor Load(string path, SessionOptions? session = null) => FromBytes(InputFile.ReadBytes(path), path, session);

    /// <summary>Loads a network from the bytes of an .onnx file.</summary>
    /// <param name="model">The content of the file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="session">How ONNX Runtime runs it; by default on the CPU with one thread.</param>
    /// <exception cref="DiffusionException">The bytes are not such a network.</exception>
    public static OnnxNoisePredictor FromBytes(byte[] model, string source, SessionOptions? session = null)
    {
        InferenceSession opened = OnnxSession.Open(model, source, session);
        try
        {
            return new OnnxNoisePredictor(opened, source);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DiffusionException">The network cannot be computed.</exception>
    /// <exception cref="ObjectDisposedException">The network was released.</exception>
    public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        _life.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Run(x, timestep, epsilon);
        }
        finally
        {
            _life.ExitReadLock();
        }
    }

    /// <summary>Releases the session and its buffers, once the predictions under way have ended.</summary>
    public void Dispose()
    {
        _life.EnterWriteLock();
        try
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            foreach (OnnxBinding binding in _idle)
            {
                binding.Dispose();
            }

            _idle.Clear();
            _session.Dispose();
        }
        finally
        {
            _life.ExitWriteLock();
        }
    }

    private void Run(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        try
        {
            OnnxBinding binding = TakeBinding(x.Length / Dimension);
            try
            {
                binding.Run(x, (float)timestep, epsilon);
            }
            finally
            {
                _idle.Add(binding);
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw new DiffusionException($"'{_source}' cannot be computed: {OnnxSession.FirstLine(exception)}", exception);
        }
    }

    /// <summary>A binding for a number of points: an idle one where it fits, else a new one in its place.</summary>
    private OnnxBinding TakeBinding(int count)
    {
        if (_idle.TryTake(out OnnxBinding? binding))
        {
            if (binding.Count == count)
            {
                return binding;
            }

            binding.Dispose();
        }

        return new OnnxBinding(_session, count, Dimension);
    }
}
