using Diffusion.Onnx.Protobuf;
using static Diffusion.Onnx.Protobuf.AttributeProto.Types;

namespace Diffusion.Onnx;

/// <summary>The value of an attribute of an operator: an integer, a float, a text, or a list of one of them.</summary>
public sealed class AttributeValue
{
    private readonly AttributeProto _value;

    private AttributeValue(AttributeProto value) => _value = value;

    /// <summary>Creates an integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator AttributeValue(long value) => FromInt64(value);

    /// <summary>Creates a float.</summary>
    /// <param name="value">The float.</param>
    public static implicit operator AttributeValue(float value) => FromSingle(value);

    /// <summary>Creates a text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator AttributeValue(string value) => FromString(value);

    /// <summary>Creates a list of integers.</summary>
    /// <param name="values">The integers.</param>
    public static implicit operator AttributeValue(long[] values) => FromInt64s(values);

    /// <summary>Creates a list of floats.</summary>
    /// <param name="values">The floats.</param>
    public static implicit operator AttributeValue(float[] values) => FromSingles(values);

    /// <summary>Creates a list of texts.</summary>
    /// <param name="values">The texts.</param>
    public static implicit operator AttributeValue(string[] values) => FromStrings(values);

    /// <summary>Creates an integer.</summary>
    /// <param name="value">The integer.</param>
    public static AttributeValue FromInt64(long value) => new(new() { Type = AttributeType.Int, I = value });

    /// <summary>Creates a float.</summary>
    /// <param name="value">The float.</param>
    public static AttributeValue FromSingle(float value) => new(new() { Type = AttributeType.Float, F = value });

    /// <summary>Creates a text.</summary>
    /// <param name="value">The text.</param>
    public static AttributeValue FromString(string value) => new(new() { Type = AttributeType.String, S = Text(value) });

    /// <summary>Creates a list of integers.</summary>
    /// <param name="values">The integers.</param>
    public static AttributeValue FromInt64s(IEnumerable<long> values) => new(new() { Type = AttributeType.Ints, Ints = { values } });

    /// <summary>Creates a list of floats.</summary>
    /// <param name="values">The floats.</param>
    public static AttributeValue FromSingles(IEnumerable<float> values) => new(new() { Type = AttributeType.Floats, Floats = { values } });

    /// <summary>Creates a list of texts.</summary>
    /// <param name="values">The texts.</param>
    public static AttributeValue FromStrings(IEnumerable<string> values)
        => new(new() { Type = AttributeType.Strings, Strings = { values.Select(Text) } });

    /// <summary>Returns the value under the name of an attribute.</summary>
    internal AttributeProto Named(string name) => new(_value) { Name = name };

    private static Google.Protobuf.ByteString Text(string value) => Google.Protobuf.ByteString.CopyFromUtf8(value);
}
