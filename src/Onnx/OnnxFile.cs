using Diffusion.Files.Models;
using Diffusion.Onnx.Protobuf;
using Google.Protobuf;

namespace Diffusion.Onnx;

/// <summary>Reads .onnx files.</summary>
public static class OnnxFile
{
    /// <summary>The key and value pairs that a file carries; of a key that occurs twice, the last one counts.</summary>
    /// <param name="bytes">The content of an .onnx file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="DiffusionException">The bytes are not an ONNX model, or one that asks for more than computing.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(byte[] bytes, string source) => Metadata(Read(bytes, source));

    internal static IReadOnlyDictionary<string, string> Metadata(ModelProto model)
        => model.MetadataProps.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);

    /// <exception cref="DiffusionException">The bytes are not an ONNX model, or one that asks for more than computing.</exception>
    internal static ModelProto Read(byte[] bytes, string source)
    {
        ModelFileCheck.Require(bytes, source);
        try
        {
            return ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new DiffusionException($"'{source}' is not an ONNX model, or it is damaged: {exception.Message}", exception);
        }
    }
}
