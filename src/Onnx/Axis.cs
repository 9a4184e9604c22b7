using Diffusion.Onnx.Protobuf;

namespace Diffusion.Onnx;

/// <summary>The length of an axis: a number, or a symbol that stands for any.</summary>
public readonly record struct Axis
{
    private readonly long _length;
    private readonly string? _symbol;

    private Axis(long length, string? symbol)
    {
        _length = length;
        _symbol = symbol;
    }

    /// <summary>Gets the symbol of an axis of any length; null if the length is fixed.</summary>
    public string? Symbol => _symbol;

    /// <summary>Gets the length; null if it is open.</summary>
    public long? Length => _symbol is null ? _length : null;

    /// <summary>An axis of fixed length.</summary>
    public static implicit operator Axis(long length) => new(length, null);

    /// <summary>An axis of any length, known by a symbol.</summary>
    public static implicit operator Axis(string symbol) => new(0, symbol);

    /// <summary>An axis of fixed length.</summary>
    public static Axis FromInt64(long length) => length;

    /// <summary>An axis of any length, known by a symbol.</summary>
    public static Axis FromString(string symbol) => symbol;

    internal TensorShapeProto.Types.Dimension ToDimension()
        => _symbol is null ? new() { DimValue = _length } : new() { DimParam = _symbol };
}
