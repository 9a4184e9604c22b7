using System.Buffers.Binary;

namespace Diffusion.Files.Models;

/// <summary>The element types of tensors in .onnx files (TensorProto.DataType).</summary>
internal enum ElementType : ulong
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
    Float8E4M3FN = 17,
    Float8E4M3FNUZ = 18,
    Float8E5M2 = 19,
    Float8E5M2FNUZ = 20,
    UInt4 = 21,
    Int4 = 22,
    Float4E2M1 = 23,
}

/// <summary>What a number of a type is in bytes.</summary>
internal static class ElementTypes
{
    /// <summary>The length in bytes, or 0 where the type is not one of real numbers.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 => 8,
        _ => 0,
    };

    /// <summary>Returns the name of a type as NumPy has it, for messages.</summary>
    /// <param name="number">The value of <c>TensorProto.DataType</c>, which may be none that is known.</param>
    public static string Name(ulong number) => (ElementType)number switch
    {
        ElementType.Float => "float32",
        ElementType.Double => "float64",
        var known when Enum.IsDefined(known) => $"{known}".ToLowerInvariant(),
        _ => Invariant($"type {number}"),
    };

    /// <summary>The number at the start of some bytes; 0 for whole numbers, which are finite whatever they are.</summary>
    public static double Read(this ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ElementType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        _ => 0,
    };
}
