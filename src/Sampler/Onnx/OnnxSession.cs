using System.Text.RegularExpressions;
using Diffusion.Files.Models;
using Microsoft.ML.OnnxRuntime;

namespace Diffusion.Sampling;

/// <summary>Opens models in ONNX Runtime, once they have been looked through.</summary>
internal static partial class OnnxSession
{
    /// <summary>Opens a model.</summary>
    /// <param name="model">The content of an .onnx file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="options">How it is run; null means as <see cref="ModelOptions.Session"/> has it.</param>
    /// <exception cref="DiffusionException">The bytes are not a model, or one that asks for more than computing, or ONNX Runtime is not
    /// there.</exception>
    public static OpenedModel Open(byte[] model, string source, SessionOptions? options)
    {
        ModelFileCheck.Require(model, source);
        OnnxTelemetry.Disable();
        InferenceSession session = Create(model, source, options, threads: 1);
        NetworkCost cost = NetworkCost.Estimate(model.Length, session);
        return new OpenedModel(session, source, cost)
        {
            OpenWithThreads = options is null && cost.IsLarge ? () => Create(model, source, null, Environment.ProcessorCount) : null,
        };
    }

    private static InferenceSession Create(byte[] model, string source, SessionOptions? options, int threads)
    {
        try
        {
            using SessionOptions usual = Usual(threads);
            return new InferenceSession(model, options ?? usual);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new DiffusionException($"'{source}' is not an ONNX model that can be run: {Reason(exception)}", exception);
        }
        catch (TypeInitializationException exception) when (exception.InnerException is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new DiffusionException(
                "The native library of ONNX Runtime cannot be loaded: it is missing, its version differs from the managed library, "
                    + "or there is not enough memory. Add a package that contains it to the application, such as Microsoft.ML.OnnxRuntime.",
                exception);
        }
    }

    /// <summary>What went wrong, without what only ONNX Runtime's authors can read.</summary>
    public static string Reason(OnnxRuntimeException exception)
    {
        Match tooLarge = TooLarge().Match(exception.Message);
        return tooLarge.Success
            ? $"it needs {tooLarge.Groups[1].Value} bytes of memory at once, which are not available."
            : PlaceInSource().Replace(exception.Message.Split('\n', 2)[0], "").Trim();
    }

    [GeneratedRegex(@"Failed to allocate memory for requested buffer of size (\d+)")]
    private static partial Regex TooLarge();

    /// <summary>Where in its source, and in which function there.</summary>
    [GeneratedRegex(@"/onnxruntime_src/\S+:\d+ [^\n]*?\) ")]
    private static partial Regex PlaceInSource();

    /// <summary>The sampler's own threads each take a share of the samples; a single thread within the session does not get in their
    /// way. Several of them spin while they wait for the next operator, without which they gain nothing.</summary>
    private static SessionOptions Usual(int threads)
    {
        SessionOptions options = new()
        {
            IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", threads == 1 ? "0" : "1");
        options.AddSessionConfigEntry("session.load_model_format", "ONNX");
        return options;
    }
}
