using Diffusion.Codecs;

namespace Diffusion.Onnx.Compiling;

/// <summary>
/// The part of a compiled sampler that takes points out of the units of the network: x·scale + shift, and the constant columns of a
/// table in their places.
/// </summary>
internal sealed class UnitsPart
{
    private readonly GraphBuilder _graph;
    private readonly DataInfo _data;
    private readonly string _source;
    private readonly string? _columns;
    private readonly string? _scale;
    private readonly string? _shift;

    /// <summary>Writes the numbers of the columns into a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="data">What the network was trained on.</param>
    /// <param name="source">What messages call the network.</param>
    /// <exception cref="DiffusionException">A constant is beyond float32.</exception>
    public UnitsPart(GraphBuilder graph, DataInfo data, string source)
    {
        (_graph, _data, _source) = (graph, data, source);
        if (data.Constants is null)
        {
            (_scale, _shift) = (Numbers("sampler/scale", data.Scale), Numbers("sampler/shift", data.Shift));
            return;
        }

        // A constant takes any coordinate, times 0, plus its value.
        int[] learned = data.LearnedPositions();
        long[] sources = [.. Enumerable.Range(0, data.Width).Select(position => (long)Math.Max(0, Array.IndexOf(learned, position)))];
        _columns = graph.Constant("sampler/columns", sources, data.Width);
        _scale = Numbers("sampler/scale", InTable(data.Scale ?? [.. learned.Select(_ => 1.0)], _ => 0));
        _shift = Numbers("sampler/shift", InTable(data.Shift ?? new double[learned.Length], constant => constant.Value));
    }

    /// <summary>Gets the number of columns, constant ones among them.</summary>
    public int Width => _data.Width;

    /// <summary>Takes points back to the units of the data: x·scale + shift, for all columns of the table.</summary>
    /// <param name="x">Points in the units of the network.</param>
    public string Restore(string x)
    {
        string columns = _columns is null ? x : _graph.Apply("Gather", [("axis", -1)], x, _columns);
        string scaled = _scale is null ? columns : _graph.Apply("Mul", columns, _scale);
        return _shift is null ? scaled : _graph.Apply("Add", scaled, _shift);
    }

    /// <summary>A number for each column of the table, from those of the learned columns and of the constants.</summary>
    private double[] InTable(IReadOnlyList<double> learned, Func<ConstantColumn, double> constant)
    {
        double[] numbers = new double[_data.Width];
        foreach ((int position, double number) in _data.LearnedPositions().Zip(learned))
        {
            numbers[position] = number;
        }

        foreach (ConstantColumn column in _data.Constants!)
        {
            numbers[column.Position] = constant(column);
        }

        return numbers;
    }

    private string? Numbers(string name, IReadOnlyList<double>? values)
        => values is null ? null
            : values.All(value => float.IsFinite((float)value))
                ? _graph.Constant(name, [.. values.Select(value => (float)value)], values.Count)
            : throw new DiffusionException(
                $"'{_source}' has a constant column beyond float32 (3.4e38), which a compiled sampler cannot return. "
                    + "Sample the network instead.");
}
