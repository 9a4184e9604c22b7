using System.IO.Compression;
using Diffusion.Onnx;
using Diffusion.Onnx.Protobuf;
using Google.Protobuf;

namespace Diffusion.Tests.Support;

/// <summary>Builds models that nobody honest would send, and the good ones that they are made from.</summary>
internal static class StrangersModel
{
    /// <summary>Element types, as ONNX counts them.</summary>
    public const int Float = 1, Text = 8, Float16 = 10, Float64 = 11;

    /// <summary>A network with a weight that nothing uses.</summary>
    public static byte[] Weight(byte[] tensor) => Wire.Network(Wire.Field(5, tensor));

    /// <summary>A network with a constant that nothing uses.</summary>
    public static byte[] Constant(byte[] tensor) => Node("Constant", Attribute(tensor));

    /// <summary>A network with an operator whose result nothing uses.</summary>
    public static byte[] Node(string type, params byte[][] fields) => Wire.Network(
        Wire.Field(1, [Wire.Text(1, type == "Constant" ? "" : "sample"), Wire.Text(2, "unused"), Wire.Text(4, type), .. fields]));

    /// <summary>The value of a constant.</summary>
    public static byte[] Attribute(byte[] tensor) => Wire.Field(5, Wire.Text(1, "value"), Wire.Number(20, 4), Wire.Field(5, tensor));

    /// <summary>A constant in a graph in a graph, and so on.</summary>
    public static byte[] Nested(int depth, byte[] tensor)
    {
        byte[] node = Wire.Field(1, Wire.Text(2, "c"), Wire.Text(4, "Constant"), Attribute(tensor));
        for (int k = 0; k < depth; k++)
        {
            node = Wire.Field(1, Wire.Text(4, "If"), Wire.Field(5, Wire.Text(1, "then_branch"), Wire.Number(20, 5), Wire.Field(6, node)));
        }

        return Wire.Network(node);
    }

    /// <summary>A tensor called w, with its numbers in further fields.</summary>
    public static byte[] Tensor(ulong[] dimensions, int type, params byte[][] fields)
        =>
        [
            .. dimensions.SelectMany(length => Wire.Number(1, length)),
            .. Wire.Number(2, (ulong)type),
            .. Wire.Text(8, "w"),
            .. fields.SelectMany(field => field),
        ];

    /// <summary>The numbers of a tensor as raw data.</summary>
    public static byte[] Raw(params float[] values) => Wire.Field(9, [.. values.Select(BitConverter.GetBytes)]);

    /// <summary>The place of a tensor in another file.</summary>
    public static byte[] Location(string path) => Wire.Field(13, Wire.Text(1, "location"), Wire.Text(2, path));

    /// <summary>A network whose card says something else.</summary>
    public static byte[] WithMetadata(string key, string value)
        => Wire.Network([], Wire.Field(14, Wire.Text(1, key), Wire.Text(2, value)));

    /// <summary>A good network but for its dimension, which is not that of its card.</summary>
    public static byte[] Changed(long dimension)
    {
        GraphBuilder graph = new("test");
        graph.Output(graph.Apply("Mul", graph.Input("sample", "n", dimension), graph.Input("timestep", "m")), "out_sample", "n", dimension);
        return graph.ToModel(MixturePredictor.Card.ToMetadata());
    }

    /// <summary>A good network whose timestep is the first of a sequence, or whose prediction is a sequence of one.</summary>
    public static byte[] OfSequence(bool input)
    {
        GraphBuilder graph = new("test");
        string timestep = graph.Input("timestep", "m");
        string time = input ? graph.Apply("SequenceAt", timestep, graph.Constant("first", [0L])) : timestep;
        string product = graph.Apply("Mul", graph.Input("sample", "n", 2), time);
        graph.Output(input ? product : graph.Apply("SequenceConstruct", product), "out_sample", "n", 2);
        ModelProto model = ModelProto.Parser.ParseFrom(graph.ToModel(MixturePredictor.Card.ToMetadata()));
        ValueInfoProto value = input ? model.Graph.Input.Single(value => value.Name == "timestep") : model.Graph.Output[0];
        value.Type = TypeProto.Parser.ParseFrom(Wire.Field(4, Wire.Field(1, Wire.Field(1, Wire.Number(1, Float)))));
        return model.ToByteArray();
    }

    /// <summary>An archive, as other frameworks save models.</summary>
    public static byte[] Zip()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("model.pt").Open().Dispose();
        }

        return stream.ToArray();
    }
}
