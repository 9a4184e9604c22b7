using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Diffusion.Cards;
using Diffusion.Solvers;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// Describes a compiled sampler to NVIDIA's Triton Inference Server, in its ModelConfig text format. The points of many
/// requests are drawn as one batch, as every point is computed on its own.
/// </summary>
public static partial class TritonConfig
{
    /// <summary>The name of the file that Triton looks for in the folder of a model.</summary>
    public const string FileName = "config.pbtxt";

    /// <summary>Where Triton looks for a model of the first version, in the folder of the model.</summary>
    public static readonly string ModelPath = Path.Combine("1", "model.onnx");

    /// <summary>The most points of one batch: more bring no more speed, only memory.</summary>
    private const int MostPoints = 4_096;

    /// <summary>How long a request waits for others to join it, in µs: little beside the milliseconds of a run.</summary>
    private const int LongestWait = 500;

    /// <summary>The text of the file.</summary>
    /// <param name="name">The name of the model, which is that of its folder: letters, digits, '-', '_' and '.'.</param>
    /// <param name="tableau">The solver in the file.</param>
    /// <param name="dimension">The dimension d of the noise.</param>
    /// <param name="width">The number D of columns of the samples: d, and those that are always the same; null means d.</param>
    /// <exception cref="DiffusionException">The name has other characters.</exception>
    public static string Write(string name, Tableau tableau, int dimension, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(tableau);
        if (!Name().IsMatch(name))
        {
            throw new DiffusionException(
                $"The name of a model on a server must consist of letters, digits, '-', '_' and '.', and begin with a letter or digit; "
                    + $"was '{name}'. Choose another name.");
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            name: "{name}"
            backend: "onnxruntime"
            max_batch_size: {MostPoints}
            dynamic_batching {"{"} max_queue_delay_microseconds: {LongestWait} {"}"}

            """);
        Append("input", CompiledNames.Noise, dimension);
        if (!tableau.IsDeterministic)
        {
            Append("input", CompiledNames.StepNoise, tableau.Rows.Length, dimension);
        }

        Append("output", CompiledNames.Sample, width ?? dimension);
        return text.ToString();

        // The first axis, n, is the batch, which Triton adds.
        void Append(string kind, string tensor, params int[] axes)
        {
            string dims = string.Join(", ", axes.Select(length => Invariant($"{length}")));
            text.Append(CultureInfo.InvariantCulture, $"{kind} [ {{ name: \"{tensor}\" data_type: TYPE_FP32 dims: [ {dims} ] }} ]\n");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex Name();
}
