using Diffusion.Files;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>
/// A network in an .onnx file: inputs <c>sample</c> float32 <c>[n, d]</c> and <c>timestep</c> float32 <c>[1]</c>,
/// output <c>out_sample</c> float32 <c>[n, d]</c>.
/// </summary>
public sealed class OnnxNoisePredictor : INoisePredictor, IDisposable
{
    private readonly OnnxModel _model;
    private readonly OnnxBindings _bindings;

    private OnnxNoisePredictor(InferenceSession session, string source)
    {
        OnnxContract.Check(session, source);
        Dimension = session.InputMetadata[OnnxContract.Sample].Dimensions[1];
        Metadata = session.ModelMetadata.CustomMetadataMap;
        _bindings = new OnnxBindings(session, Dimension);
        _model = new OnnxModel(session, source, _bindings);
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
        => FromSession(OnnxSession.Open(model, source, session), source);

    /// <summary>Takes over an open session; it is disposed if it is no such network.</summary>
    internal static OnnxNoisePredictor FromSession(InferenceSession session, string source)
    {
        try
        {
            return new OnnxNoisePredictor(session, source);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DiffusionException">The network cannot be computed.</exception>
    /// <exception cref="ObjectDisposedException">The network was released.</exception>
    public void Predict(ReadOnlySpan<float> x, double timestep, Span<float> epsilon)
    {
        using OnnxModel.Lease lease = _model.Use(this);
        try
        {
            OnnxBinding binding = _bindings.Take(x.Length / Dimension);
            try
            {
                binding.Run(x, (float)timestep, epsilon);
            }
            finally
            {
                _bindings.Return(binding);
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw _model.Explain(exception);
        }
    }

    /// <summary>Releases the session and its buffers, once the predictions under way have ended.</summary>
    public void Dispose() => _model.Dispose();
}
