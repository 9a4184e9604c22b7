using Diffusion.Onnx.Protobuf;
using Google.Protobuf.Collections;

namespace Diffusion.Onnx.Compiling;

/// <summary>Gives the values of a graph other names, so that it can become part of another one.</summary>
internal static class Renaming
{
    private const string Prefix = "network/";

    /// <summary>Returns new names for values of a graph whose names are taken; none of the new ones is used in the graph, which may have
    /// been renamed before.</summary>
    public static Dictionary<string, string> OutOfTheWayOf(IReadOnlyCollection<string> taken, GraphProto graph)
    {
        HashSet<string> used = [.. graph.Node.SelectMany(node => node.Output).Concat(graph.Initializer.Select(weight => weight.Name))];
        string prefix = Prefix;
        while (taken.Any(name => used.Contains(prefix + name)))
        {
            prefix += Prefix;
        }

        return taken.Distinct().ToDictionary(name => name, name => prefix + name);
    }

    /// <summary>
    /// A copy of nodes where every value that <paramref name="names"/> has is called as it says, in graphs within nodes as well.
    /// </summary>
    public static IEnumerable<NodeProto> Renamed(IEnumerable<NodeProto> nodes, IReadOnlyDictionary<string, string> names)
        => nodes.Select(node =>
        {
            NodeProto copy = node.Clone();
            Rename(copy, names);
            return copy;
        });

    /// <summary>A copy of weights that are called as <paramref name="names"/> says.</summary>
    public static IEnumerable<TensorProto> Renamed(IEnumerable<TensorProto> weights, IReadOnlyDictionary<string, string> names)
        => weights.Select(weight => new TensorProto(weight) { Name = names.GetValueOrDefault(weight.Name, weight.Name) });

    private static void Rename(NodeProto node, IReadOnlyDictionary<string, string> names)
    {
        if (names.ContainsKey(node.Name))
        {
            node.ClearName();
        }

        Rename(node.Input, names);
        Rename(node.Output, names);
        foreach (GraphProto inner in node.Attribute.Select(attribute => attribute.G).Where(graph => graph is not null))
        {
            foreach (NodeProto child in inner.Node)
            {
                Rename(child, names);
            }

            foreach (ValueInfoProto value in inner.Input.Concat(inner.Output))
            {
                value.Name = names.GetValueOrDefault(value.Name, value.Name);
            }

            foreach (TensorProto weight in inner.Initializer)
            {
                weight.Name = names.GetValueOrDefault(weight.Name, weight.Name);
            }
        }
    }

    private static void Rename(RepeatedField<string> values, IReadOnlyDictionary<string, string> names)
    {
        for (int i = 0; i < values.Count; i++)
        {
            values[i] = names.GetValueOrDefault(values[i], values[i]);
        }
    }
}
