using System.Runtime.InteropServices;
using Diffusion.Onnx.Protobuf;
using Google.Protobuf;

namespace Diffusion.Tests.Support;

/// <summary>Makes a good file wrong in one thing.</summary>
internal static class ModelEdits
{
    /// <summary>Replaces a part of a metadata entry, which must be there.</summary>
    public static void ReplaceMetadata(this ModelProto model, string key, string old, string replacement)
    {
        StringStringEntryProto entry = model.MetadataProps.Single(entry => entry.Key == key);
        StringAssert.Contains(entry.Value, old);
        entry.Value = entry.Value.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>Changes the numbers of a weight.</summary>
    public static void EditWeight(this ModelProto model, string name, Action<float[]> edit)
    {
        TensorProto tensor = model.Graph.Initializer.Single(weight => weight.Name == name);
        float[] numbers = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        edit(numbers);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(numbers));
    }
}
