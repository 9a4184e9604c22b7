using Diffusion.Cards;
using Diffusion.Time;

namespace Diffusion.Onnx.Networks;

/// <summary>
/// Writes the network as an ONNX graph: inputs <c>sample</c> <c>[n, d]</c> and <c>timestep</c> <c>[m]</c> with m = 1 or n,
/// output <c>out_sample</c> <c>[n, d]</c>. Where m = 1 all that depends on time is computed once.
/// </summary>
public sealed class EpsilonMlpGraph
{
    private readonly EpsilonMlpOptions _options;
    private readonly NoiseSchedule _schedule;
    private readonly EpsilonMlpWeights _weights;
    private readonly GraphBuilder _graph = new("epsilon_mlp");
    private readonly string _columnAxis;

    private EpsilonMlpGraph(EpsilonMlpOptions options, NoiseSchedule schedule, EpsilonMlpWeights weights)
    {
        _options = options;
        _schedule = schedule;
        _weights = weights;
        _columnAxis = _graph.Constant("column_axis", [1L], 1);
    }

    /// <summary>The bytes of the .onnx file.</summary>
    /// <param name="options">The shape of the network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="card">What the file says about itself; its schedule is what the time input is computed from.</param>
    public static byte[] Build(EpsilonMlpOptions options, EpsilonMlpWeights weights, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(card);
        options.Validate();
        EpsilonMlpGraph graph = new(options, card.Schedule, weights);
        graph.Write();
        return graph._graph.ToModel(card.ToMetadata());
    }

    private void Write()
    {
        string x = _graph.Input("sample", "n", _options.Dimension);
        string timestep = Column(_graph.Input("timestep", "m"));
        Lazy<string> logSigma = new(() => LogSigma(timestep));

        string hidden = Activate(Gemm("input", InputFeatures(x), _weights.Input, bias: Gemm("time", TimeFeatures(timestep, logSigma), _weights.Time)));
        for (int k = 0; k < _weights.Hidden.Count; k++)
        {
            hidden = Activate(Gemm(Invariant($"hidden{k + 1}"), hidden, _weights.Hidden[k]));
        }

        string f = Gemm("output", hidden, _weights.Output);
        _graph.Output(_options.SkipOutput ? Skip(x, logSigma.Value, f) : f, "out_sample", "n", _options.Dimension);
    }

    /// <summary>log σ(i), linear between the indices, <c>[m, 1]</c>.</summary>
    private string LogSigma(string timestep)
    {
        long last = _schedule.TrainTimesteps - 1;
        string table = _graph.Constant("log_sigma", Array.ConvertAll(_schedule.LogSigmas.ToArray(), value => (float)value), _schedule.TrainTimesteps);
        string index = _graph.Apply("Clip", timestep, _graph.Scalar("first_index", 0), _graph.Scalar("last_index", last));
        string below = _graph.Apply("Floor", index);
        string fraction = _graph.Apply("Sub", index, below);
        string belowIndex = _graph.ToInt64(below);
        string aboveIndex = _graph.Apply("Min", _graph.Apply("Add", belowIndex, _graph.Constant("one_index", [1L])), _graph.Constant("last_row", [last]));
        string start = _graph.Apply("Gather", table, belowIndex);
        string end = _graph.Apply("Gather", table, aboveIndex);
        return _graph.Apply("Add", start, _graph.Apply("Mul", fraction, _graph.Apply("Sub", end, start)));
    }

    /// <summary>x and sin, cos of 2ᵏ·x, <c>[n, d·(1 + 2K)]</c>: all sines of k = 0 first, then those of k = 1.</summary>
    private string InputFeatures(string x)
    {
        int d = _options.Dimension;
        int columns = d * _options.InputFrequencies;
        float[] frequencies = new float[d * columns];
        for (int k = 0; k < _options.InputFrequencies; k++)
        {
            for (int j = 0; j < d; j++)
            {
                frequencies[(j * columns) + (k * d) + j] = 1 << k;
            }
        }

        return _options.InputFrequencies == 0 ? x : WithWaves(x, _graph.Apply("MatMul", x, _graph.Constant("input_frequencies", frequencies, d, columns)));
    }

    /// <summary>u and sin, cos of π·2ᵏ·u, <c>[m, 1 + 2K]</c>.</summary>
    private string TimeFeatures(string timestep, Lazy<string> logSigma)
    {
        (string value, double origin, double range) = _options.TimeInput == TimeInput.NoiseLevel
            ? (logSigma.Value, _schedule.LogSigmas[0], _schedule.LogSigmas[^1] - _schedule.LogSigmas[0])
            : (timestep, -1.0, _schedule.TrainTimesteps);
        string u = _graph.Apply("Div", _graph.Apply("Sub", value, _graph.Scalar("time_origin", origin)), _graph.Scalar("time_range", range));
        float[] frequencies = [.. Enumerable.Range(0, _options.TimeFrequencies).Select(k => (1 << k) * MathF.PI)];
        return frequencies.Length == 0 ? u : WithWaves(u, _graph.Apply("Mul", u, _graph.Constant("time_frequencies", frequencies, 1, frequencies.Length)));
    }

    private string WithWaves(string values, string angles)
        => _graph.Apply("Concat", [("axis", 1)], values, _graph.Apply("Sin", angles), _graph.Apply("Cos", angles));

    /// <summary>√(1−ᾱ)·x + √ᾱ·F, with √ᾱ = 1/√(1+σ²) and √(1−ᾱ) = σ·√ᾱ.</summary>
    private string Skip(string x, string logSigma, string f)
    {
        string sigma = _graph.Apply("Exp", logSigma);
        string variance = _graph.Apply("Add", _graph.Apply("Mul", sigma, sigma), _graph.Scalar("one", 1));
        string signal = _graph.Apply("Reciprocal", _graph.Apply("Sqrt", variance));
        string noise = _graph.Apply("Mul", sigma, signal);
        return _graph.Apply("Add", _graph.Apply("Mul", noise, x), _graph.Apply("Mul", signal, f));
    }

    private string Activate(string value) => _options.Activation switch
    {
        Activation.Silu => _graph.Apply("Mul", value, _graph.Apply("Sigmoid", value)),
        Activation.Relu => _graph.Apply("Relu", value),
        Activation.Tanh => _graph.Apply("Tanh", value),
        _ => throw new ArgumentOutOfRangeException(nameof(value), _options.Activation, "The activation is not supported."),
    };

    /// <summary>x·Wᵀ + b, where b is the layer's own unless another is given.</summary>
    private string Gemm(string name, string x, Dense layer, string? bias = null)
    {
        int outputs = name == "output" ? _options.Dimension : _options.Width;
        string weight = _graph.Constant($"{name}.weight", layer.Weight, outputs, layer.Weight.Length / outputs);
        return _graph.Apply("Gemm", [("transB", 1)], x, weight, bias ?? _graph.Constant($"{name}.bias", layer.Bias, outputs));
    }

    private string Column(string vector) => _graph.Apply("Unsqueeze", vector, _columnAxis);
}
