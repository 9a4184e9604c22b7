using Diffusion.Onnx;

namespace Diffusion.TorchExport;

/// <summary>What an exported file takes and gives, and how it is proved.</summary>
public sealed class OnnxExportOptions
{
    private readonly List<OnnxInput> _inputs = [];
    private readonly Dictionary<string, IReadOnlyList<int>> _sizes = [];
    private readonly Dictionary<string, string> _broadcastAxes = [];

    /// <summary>Gets the handlers of the layers, to which a caller may add his own.</summary>
    public LayerHandlers Layers { get; } = new();

    /// <summary>Gets the name of the output.</summary>
    public string OutputName { get; private set; } = "output";

    internal IReadOnlyList<OnnxInput> Inputs => _inputs;

    internal IReadOnlyList<Axis>? OutputAxes { get; private set; }

    /// <summary>Gets the sizes at which open axes are proved, by their symbols.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<int>> AxisSizes => _sizes;

    /// <summary>Gets the symbols of the axes that have the length 1 or that of another.</summary>
    internal IReadOnlyDictionary<string, string> BroadcastAxes => _broadcastAxes;

    /// <summary>Gets the symbols of the open axes of the inputs, each once, in the order in which they were declared.</summary>
    internal IEnumerable<string> OpenAxes
        => _inputs.SelectMany(input => input.Axes).Select(axis => axis.Symbol).OfType<string>().Distinct();

    /// <summary>Declares an input of float32, which is proved with normal numbers of standard deviation 2.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="axes">The lengths of its axes; a symbol such as "n" leaves a length open.</param>
    public OnnxExportOptions Input(string name, params IReadOnlyList<Axis> axes) => Input(name, InputValues.Normal(), axes);

    /// <summary>Declares an input.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="values">Its type, and the values with which it is proved.</param>
    /// <param name="axes">The lengths of its axes; a symbol such as "n" leaves a length open.</param>
    public OnnxExportOptions Input(string name, InputValues values, params IReadOnlyList<Axis> axes)
    {
        _inputs.Add(new OnnxInput(name, values, axes));
        return this;
    }

    /// <summary>Declares the output, float32.</summary>
    /// <param name="name">The name of the output.</param>
    /// <param name="axes">The lengths of its axes; a symbol such as "n" leaves a length open. Without any, the file states no
    /// shape.</param>
    public OnnxExportOptions Output(string name, params IReadOnlyList<Axis> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        (OutputName, OutputAxes) = (name, axes.Count > 0 ? axes : null);
        return this;
    }

    /// <summary>Declares that an open axis has the length 1 or that of another axis, and nothing else.</summary>
    /// <param name="symbol">The axis.</param>
    /// <param name="other">The other axis.</param>
    public OnnxExportOptions Broadcast(string symbol, string other)
    {
        _broadcastAxes[symbol] = other;
        return this;
    }

    /// <summary>Declares the lengths at which an open axis is proved; by default 1, 2, 7 and 64.</summary>
    /// <param name="symbol">The axis.</param>
    /// <param name="lengths">The lengths, each at least 1; at least two of them.</param>
    /// <exception cref="ArgumentException">There are fewer than two lengths, or one is below 1.</exception>
    public OnnxExportOptions Sizes(string symbol, params IReadOnlyList<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        if (lengths.Count < 2 || lengths.Any(length => length < 1))
        {
            throw new ArgumentException($"The axis '{symbol}' needs at least two lengths of at least 1.", nameof(lengths));
        }

        _sizes[symbol] = lengths;
        return this;
    }

    /// <summary>Checks that broadcasts name open axes of the inputs.</summary>
    /// <exception cref="DiffusionException">A broadcast names an axis that no input has, or leads to another broadcast.</exception>
    internal void Validate()
    {
        string[] open = [.. OpenAxes];
        string[] free = [.. open.Where(symbol => !_broadcastAxes.ContainsKey(symbol))];
        foreach ((string symbol, string other) in _broadcastAxes)
        {
            Require(open, symbol, $"The axis '{symbol}' broadcasts to '{other}', but '{symbol}'");
            Require(free, other, $"The axis '{symbol}' broadcasts to '{other}', which");
        }

        static void Require(string[] axes, string symbol, string what)
        {
            if (!axes.Contains(symbol))
            {
                string others = axes.Length == 0 ? "none" : string.Join(", ", axes);
                throw new DiffusionException($"{what} is no open axis of an input. The open axes are: {others}.");
            }
        }
    }
}
