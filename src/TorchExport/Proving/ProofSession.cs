using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Diffusion.TorchExport.Proving;

/// <summary>A file in ONNX Runtime that takes tensors of Torch.</summary>
internal sealed class ProofSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _output;

    private ProofSession(InferenceSession session, string output) => (_session, _output) = (session, output);

    /// <summary>Opens a file.</summary>
    /// <param name="file">Its content.</param>
    /// <param name="output">The name of the output to compute.</param>
    /// <exception cref="DiffusionException">ONNX Runtime refuses the file.</exception>
    public static ProofSession Open(byte[] file, string output)
    {
        // What goes wrong is said by an exception; nothing is to be written to the terminal.
        using SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            return new ProofSession(new InferenceSession(file, options), output);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new DiffusionException($"ONNX Runtime refuses the exported file: {exception.Message} Nothing was written.", exception);
        }
    }

    /// <summary>Returns the output and its shape.</summary>
    /// <param name="inputs">The inputs by their names.</param>
    public (float[] Values, long[] Shape) Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        OrtValue[] values = [.. inputs.Values.Select(Value)];
        try
        {
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [.. inputs.Keys], values, [_output]);
            return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OrtValue Value(Tensor tensor) => tensor.dtype == ScalarType.Int64
        ? OrtValue.CreateTensorValueFromMemory(tensor.data<long>().ToArray(), tensor.shape)
        : OrtValue.CreateTensorValueFromMemory(tensor.data<float>().ToArray(), tensor.shape);
}
