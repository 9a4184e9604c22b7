using Diffusion.Cards;
using Diffusion.Denoising;
using Diffusion.Files;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>
/// A network in an .onnx file: inputs <c>sample</c> float32 <c>[n, …shape]</c>, <c>timestep</c> float32 <c>[1]</c> and the conditions
/// that its card names, output <c>out_sample</c> float32 <c>[n, …shape]</c>.
/// </summary>
public sealed class OnnxDenoiser : IDenoiser, IDisposable
{
    private readonly OnnxModel _model;
    private readonly OnnxBindings _bindings;
    private readonly Func<OnnxDenoiser>? _openWithThreads;
    private readonly Lock _opening = new();
    private OnnxDenoiser? _withThreads;
    private readonly string _source;

    private OnnxDenoiser(OpenedModel opened, ModelCard? card)
    {
        (InferenceSession session, string source, Cost) = opened;
        Metadata = session.ModelMetadata.CustomMetadataMap;
        Card = card ?? (ModelCard.IsIn(Metadata) ? ModelCard.FromMetadata(Metadata, source) : null);
        Signature = new DenoiserSignature(OnnxContract.Check(session, Card?.Conditions ?? default, source))
        {
            Conditions = Card?.Conditions ?? default,
            Prediction = Card?.Prediction ?? PredictionType.Epsilon,
        };
        _source = source;
        _bindings = new OnnxBindings(session, Signature);
        _model = new OnnxModel(session, source, _bindings);
        _openWithThreads = opened.OpenWithThreads is { } open ? () => FromOpened(new OpenedModel(open(), source, Cost), card) : null;
    }

    /// <inheritdoc/>
    public DenoiserSignature Signature { get; }

    /// <summary>Gets the key and value pairs that the file carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets what the network says about itself, or what was said for it; null without a card.</summary>
    public ModelCard? Card { get; }

    /// <summary>Gets what the network costs.</summary>
    internal NetworkCost Cost { get; }

    /// <summary>Loads a network from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">How ONNX Runtime runs it; by default as <see cref="ModelOptions.Session"/> has it.</param>
    /// <param name="card">Stands in for the card of a file that has none.</param>
    /// <exception cref="DiffusionException">The file is missing, or is not such a network.</exception>
    public static OnnxDenoiser Load(string path, SessionOptions? session = null, ModelCard? card = null)
        => FromBytes(InputFile.ReadBytes(path), path, session, card);

    /// <summary>Loads a network from the bytes of an .onnx file.</summary>
    /// <param name="model">The content of the file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="session">How ONNX Runtime runs it; by default as <see cref="ModelOptions.Session"/> has it.</param>
    /// <param name="card">Stands in for the card of a file that has none.</param>
    /// <exception cref="DiffusionException">The bytes are not such a network.</exception>
    public static OnnxDenoiser FromBytes(byte[] model, string source, SessionOptions? session = null, ModelCard? card = null)
    {
        card?.Validate(source);
        return FromOpened(OnnxSession.Open(model, source, session), card);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network takes class labels, and there are none.</exception>
    /// <exception cref="DiffusionException">The conditions are not those of the network, or it cannot be computed.</exception>
    /// <exception cref="ObjectDisposedException">The network was released.</exception>
    public void Predict(in DenoiserCall input, Span<float> output)
    {
        if (input.Conditions is null && Signature.Conditions.TakesLabels)
        {
            throw new ArgumentException("The network takes class labels; the call has none.", nameof(input));
        }

        input.Conditions?.RequireLengths(Signature.Conditions, Signature.Shape.Size);
        using OnnxModel.Lease lease = _model.Use(this);
        try
        {
            OnnxBinding binding = _bindings.Take(input.X.Length / Signature.Shape.Size);
            try
            {
                binding.Run(input, output);
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
    public void Dispose()
    {
        _model.Dispose();
        if (_withThreads != this)
        {
            _withThreads?.Dispose();
        }
    }

    /// <summary>Returns the network as it is computed fastest: where there are fewer chunks than threads and one sample is worth sharing,
    /// with threads within.</summary>
    /// <param name="chunks">How many chunks a run has.</param>
    /// <param name="threads">How many threads take chunks.</param>
    /// <exception cref="ObjectDisposedException">The network was released.</exception>
    internal OnnxDenoiser ForRun(int chunks, int threads)
    {
        if (chunks >= threads || _openWithThreads is null)
        {
            return this;
        }

        using OnnxModel.Lease lease = _model.Use(this);
        lock (_opening)
        {
            return _withThreads ??= OpenWithThreads();
        }
    }

    /// <summary>Opens the model a second time; where that fails, for want of memory, once is enough.</summary>
    private OnnxDenoiser OpenWithThreads()
    {
        try
        {
            return _openWithThreads!();
        }
        catch (DiffusionException)
        {
            return this;
        }
    }

    /// <summary>Takes over an open session; it is disposed if it is no such network.</summary>
    internal static OnnxDenoiser FromOpened(OpenedModel opened, ModelCard? card = null)
    {
        try
        {
            return new OnnxDenoiser(opened, card);
        }
        catch
        {
            opened.Session.Dispose();
            throw;
        }
    }

    /// <summary>Returns the card of a network that must have one.</summary>
    /// <exception cref="DiffusionException">The network has no card.</exception>
    internal ModelCard RequireCard() => Card ?? ModelCard.FromMetadata(Metadata, _source);
}
