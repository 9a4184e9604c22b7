using System.Text;
using Diffusion.Onnx.Protobuf;
using Google.Protobuf;

namespace Diffusion.Tests.Support;

/// <summary>Protocol Buffers written by hand: what no honest exporter would write.</summary>
internal static class Wire
{
    private const int VarintKind = 0;
    private const int BytesKind = 2;

    /// <summary>A field of a whole number.</summary>
    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)(field << 3) | VarintKind), .. Varint(value)];

    /// <summary>A field of bytes, text or a message of several fields.</summary>
    public static byte[] Field(int field, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        return [.. Varint((ulong)(field << 3) | BytesKind), .. Varint((ulong)content.Length), .. content];
    }

    /// <summary>A field of text.</summary>
    public static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A field that claims a length and has nothing behind it.</summary>
    public static byte[] Header(int field, ulong length) => [.. Varint((ulong)(field << 3) | BytesKind), .. Varint(length)];

    /// <summary>A network that multiplies points by the timestep, with fields of one's own in its graph and in the file.</summary>
    public static byte[] Network(byte[] inGraph, byte[]? inModel = null)
    {
        Diffusion.Onnx.GraphBuilder builder = new("test");
        builder.Output(builder.Apply("Mul", builder.Input("sample", "n", 2), builder.Input("timestep", "m")), "out_sample", "n", 2);
        ModelProto model = ModelProto.Parser.ParseFrom(builder.ToModel(MixturePredictor.Card.ToMetadata()));
        byte[] graph = model.Graph.ToByteArray();
        model.Graph = null;
        return [.. model.ToByteArray(), .. Field(ModelProto.GraphFieldNumber, graph, inGraph), .. inModel ?? []];
    }

    private static byte[] Varint(ulong value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
