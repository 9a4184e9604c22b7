using Diffusion.Cards;
using Diffusion.Files.Models;
using Diffusion.Onnx.Protobuf;

namespace Diffusion.Onnx.Compiling;

/// <summary>A network in an .onnx file, written by this project or by others.</summary>
public sealed class NetworkFile
{
    /// <summary>The oldest operator set whose operators mean what the compiled graph takes them to mean.</summary>
    private const int OldestOpset = 13;

    private NetworkFile(ModelProto model, NetworkNames names, string source)
    {
        Model = model;
        Source = source;
        Metadata = OnnxFile.Metadata(model);
        if (Metadata.ContainsKey(SolverInfo.Key))
        {
            throw new DiffusionException(
                $"'{source}' is already a compiled sampler; a network is required, such as the one that it was compiled from.");
        }

        Opset = model.OpsetImport.Where(opset => opset.Domain is "" or "ai.onnx").Select(opset => opset.Version).DefaultIfEmpty(0).Max();
        if (Opset < OldestOpset)
        {
            throw new DiffusionException($"'{source}' uses operator set {Opset}; {OldestOpset} or later is required. Export it again.");
        }

        RequireUnique(model.Graph);
        HashSet<string> weights = [.. model.Graph.Initializer.Select(weight => weight.Name)];
        ValueInfoProto[] inputs = [.. model.Graph.Input.Where(input => !weights.Contains(input.Name))];
        ValueInfoProto sample = Find(inputs, names.Sample, "input");
        ValueInfoProto timestep = Find(inputs, names.Timestep, "input");
        ValueInfoProto output = names.Output is null && model.Graph.Output.Count == 1
            ? model.Graph.Output[0]
            : Find(model.Graph.Output, names.Output ?? NetworkInputs.Output, "output");
        ConditionInputs = HasGivenValues(source) ? [NetworkInputs.Given, NetworkInputs.GivenMask] : [];
        string[] expected = [names.Sample, names.Timestep, .. ConditionInputs];
        if (!inputs.Select(input => input.Name).Order().SequenceEqual(expected.Order()))
        {
            throw new DiffusionException($"'{source}' has the inputs {List(inputs)}; expected only {string.Join(" and ", expected)}.");
        }

        Names = names with { Output = output.Name };
        Dimension = RequirePoints(sample);
        if (RequirePoints(output) is var columns && columns != Dimension)
        {
            throw new DiffusionException($"'{source}': {output.Name} must have {Dimension} columns, as {sample.Name} has; was {columns}.");
        }

        // The contract of this project's own networks, [m] with m = 1 or n, is known by the card; others get a timestep for each sample.
        IsTimestepBatched = Shape(timestep) is [{ ValueCase: TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam } axis]
            && axis.DimParam != Shape(sample)[0].DimParam && ModelCard.IsIn(Metadata);
        (Timestep, IsTimestepWhole) = ReadTimestep(timestep);
    }

    /// <summary>The number d of coordinates of a point.</summary>
    public int Dimension { get; }

    /// <summary>The key and value pairs that the file carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>What to call the file in messages.</summary>
    public string Source { get; }

    /// <summary>Whether only whole timesteps can be asked for.</summary>
    public bool IsTimestepWhole { get; }

    /// <summary>The inputs for conditions: given values and their mask, where the network is one of a table.</summary>
    internal IReadOnlyList<string> ConditionInputs { get; }

    internal ModelProto Model { get; }

    internal long Opset { get; }

    internal NetworkNames Names { get; }

    internal TimestepKind Timestep { get; }

    /// <summary>Whether a list of timesteps may be given, whatever its length.</summary>
    internal bool IsTimestepBatched { get; }

    /// <summary>Reads a network.</summary>
    /// <param name="bytes">The content of an .onnx file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="names">What its inputs and its output are called; by default as this project's own.</param>
    /// <exception cref="DiffusionException">The bytes are not a network of points and a timestep.</exception>
    public static NetworkFile Read(byte[] bytes, string source, NetworkNames? names = null)
        => new(OnnxFile.Read(bytes, source), names ?? new NetworkNames(), source);

    /// <exception cref="DiffusionException">The card is for points of another dimension.</exception>
    internal void RequireDimension(ModelCard card)
    {
        if (card.Data.Dimension != Dimension)
        {
            throw new DiffusionException($"'{Source}' has the dimension {Dimension}, but its model card says {card.Data.Dimension}.");
        }
    }

    /// <summary>Writes the timestep as the network takes it.</summary>
    /// <param name="graph">The graph that the network becomes part of.</param>
    /// <param name="timestep">The timestep there, float32 <c>[1]</c>.</param>
    /// <param name="sample">The points there, <c>[n, d]</c>.</param>
    internal string TimestepOf(GraphBuilder graph, string timestep, string sample)
    {
        string one = IsTimestepWhole ? graph.ToInt64(timestep) : timestep;
        return Timestep switch
        {
            TimestepKind.Scalar => graph.Apply("Squeeze", one),
            TimestepKind.PerPoint => graph.Apply(
                "Expand", one,
                graph.Apply("Gather", graph.Apply("Shape", sample), graph.Constant("sampler/first_axis", [0L], 1))),
            _ => one,
        };
    }

    /// <summary>Every value of a graph is computed once.</summary>
    private void RequireUnique(GraphProto graph)
    {
        HashSet<string> values = [];

        // An output without a name is one that is not wanted.
        foreach (string name in graph.Initializer.Select(weight => weight.Name)
            .Concat(graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0)))
        {
            if (!values.Add(name))
            {
                throw new DiffusionException($"'{Source}' computes the value '{name}' twice. The file is damaged.");
            }
        }
    }

    /// <summary>Whether the card of the file says that the network takes given values.</summary>
    private bool HasGivenValues(string source)
        => ModelCard.IsIn(Metadata) && ModelCard.FromMetadata(Metadata, source).Conditions.TakesGiven;

    private ValueInfoProto Find(IEnumerable<ValueInfoProto> values, string name, string what)
        => values.FirstOrDefault(value => value.Name == name)
            ?? throw new DiffusionException(
                $"'{Source}' is not a diffusion network: it has no {what} '{name}'; found {List(values)}. "
                    + $"Specify the {what} if it has another name.");

    private int RequirePoints(ValueInfoProto value)
    {
        return IsOfType(value, TensorProto.Types.DataType.Float)
            && Shape(value) is [{ DimValue: 0 }, { DimValue: > 0 and <= ModelCard.LargestDimension } columns]
            ? (int)columns.DimValue
            : throw new DiffusionException(
                $"'{Source}': {value.Name} must be float32 [n, d] with n dynamic and d fixed, at most {ModelCard.LargestDimension}; "
                    + $"was {Describe(value)}.");
    }

    private (TimestepKind Kind, bool IsWhole) ReadTimestep(ValueInfoProto timestep)
    {
        bool isWhole = IsOfType(timestep, TensorProto.Types.DataType.Int64);
        if (!isWhole && !IsOfType(timestep, TensorProto.Types.DataType.Float))
        {
            throw Wrong();
        }

        return Shape(timestep) switch
        {
            [] => (TimestepKind.Scalar, isWhole),
            [{ DimValue: 1 }] => (TimestepKind.One, isWhole),
            [{ DimValue: 0 }] => (IsTimestepBatched ? TimestepKind.One : TimestepKind.PerPoint, isWhole),
            _ => throw Wrong(),
        };

        DiffusionException Wrong()
            => new($"'{Source}': {timestep.Name} must be float32 or int64, a scalar, [1] or [n]; was {Describe(timestep)}.");
    }

    private static bool IsOfType(ValueInfoProto value, TensorProto.Types.DataType type) => value.Type?.TensorType?.ElemType == (int)type;

    private static TensorShapeProto.Types.Dimension[] Shape(ValueInfoProto value) => [.. value.Type?.TensorType?.Shape?.Dim ?? []];

    private static string Describe(ValueInfoProto value)
        => $"{TypeName(value)} [{string.Join(", ", Shape(value).Select(Describe))}]";

    private static string Describe(TensorShapeProto.Types.Dimension axis)
        => axis.DimParam.Length > 0 ? axis.DimParam : axis.DimValue > 0 ? Invariant($"{axis.DimValue}") : "?";

    private static string TypeName(ValueInfoProto value)
        => value.Type?.TensorType?.ElemType is { } type and not 0 ? ElementTypes.Name((ulong)type) : "not a tensor";

    private static string List(IEnumerable<ValueInfoProto> values) => string.Join(", ", values.Select(value => value.Name));
}
