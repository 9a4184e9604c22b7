namespace Diffusion.Files.Models;

/// <summary>Looks at one tensor of an .onnx file.</summary>
internal static class TensorCheck
{
    private const int Dims = 1, DataType = 2, FloatData = 4, Int32Data = 5, StringData = 6, Int64Data = 7, Name = 8, RawData = 9;
    private const int DoubleData = 10, UInt64Data = 11, ExternalData = 13, DataLocation = 14;

    /// <summary>
    /// Refuses a tensor that lies in another file, has more or fewer numbers than its dimensions say, or holds what is no number.
    /// </summary>
    /// <param name="message">A TensorProto.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="isWeight">Whether infinities are refused as well; elsewhere they may bound something.</param>
    /// <exception cref="DiffusionException">It is such a tensor.</exception>
    /// <exception cref="FormatException">The bytes are no tensor.</exception>
    public static void Require(ReadOnlySpan<byte> message, string source, bool isWeight)
    {
        (string name, ElementType type, UInt128 announced, bool isRaw) = ReadHead(message, source);
        string place = $"'{source}', tensor '{name}'";
        if (type == ElementType.String && isRaw)
        {
            throw new DiffusionException($"{place}: texts must not be raw data. The file is damaged.");
        }

        long found = 0;
        ProtobufReader field = new(message);
        while (field.Next())
        {
            switch (field.Number)
            {
                case StringData when type == ElementType.String:
                    ModelFileCheck.Text(field);
                    found++;
                    break;
                case RawData when ModelFileCheck.Message(field, "raw data") is var raw:
                    RequireNumbers(raw, type, place, isWeight);
                    found = raw.Length / type.Size();
                    break;
                case FloatData when !isRaw:
                    RequireNumbers(field.Bytes, ElementType.Float, place, isWeight);
                    found += field.Bytes.Length / sizeof(float);
                    break;
                case DoubleData when !isRaw:
                    RequireNumbers(field.Bytes, ElementType.Double, place, isWeight);
                    found += field.Bytes.Length / sizeof(double);
                    break;
                case Int32Data or Int64Data or UInt64Data when !isRaw:
                    found += CountWhole(field);
                    break;
            }
        }

        if (announced != (UInt128)found)
        {
            throw new DiffusionException($"{place}: its shape needs {announced} values; found {found}. The file is damaged.");
        }

        long CountWhole(ProtobufReader numbers)
        {
            if (numbers.Kind == ProtobufKind.Varint)
            {
                RequireNumber(numbers.Value);
                return 1;
            }

            long count = 0;
            ProtobufReader packed = new(ModelFileCheck.Message(numbers, "numbers"));
            for (; !packed.IsAtEnd; count++)
            {
                RequireNumber(packed.ReadVarint());
            }

            return count;
        }

        // Sixteen bits of a fraction are listed as a whole number.
        void RequireNumber(ulong bits)
        {
            if (type is ElementType.Float16 or ElementType.BFloat16)
            {
                RequireNumbers([(byte)bits, (byte)(bits >> 8)], type, place, isWeight);
            }
        }
    }

    /// <summary>Refuses what is no number, among numbers that lie one after the other.</summary>
    /// <param name="bytes">The numbers.</param>
    /// <param name="type">What they are.</param>
    /// <param name="place">Where they are, for messages.</param>
    /// <param name="isWeight">Whether infinities are refused as well; elsewhere they may bound something.</param>
    /// <exception cref="DiffusionException">One is no number, or the bytes are not those of whole numbers of them.</exception>
    public static void RequireNumbers(ReadOnlySpan<byte> bytes, ElementType type, string place, bool isWeight)
    {
        int size = type.Size();
        if (bytes.Length % size != 0)
        {
            throw new DiffusionException(
                $"{place}: the length must be a multiple of {size} bytes; was {bytes.Length}. The file is damaged.");
        }

        for (int k = 0; k < bytes.Length / size; k++)
        {
            double value = type.Read(bytes[(k * size)..]);
            if (isWeight ? !double.IsFinite(value) : double.IsNaN(value))
            {
                throw new DiffusionException(FormattableString.Invariant(
                    $"{place}, value {k + 1}: expected a finite number; found {value}. The training diverged, or the file is damaged."));
            }
        }
    }

    private static (string Name, ElementType Type, UInt128 Count, bool IsRaw) ReadHead(ReadOnlySpan<byte> message, string source)
    {
        (string name, ulong type, UInt128 count, bool isRaw, bool isElsewhere) = ("", 0, 1, false, false);
        ProtobufReader field = new(message);
        while (field.Next())
        {
            switch (field.Number)
            {
                case Dims when field.Kind == ProtobufKind.Varint:
                    count = Times(count, field.Value);
                    break;
                case Dims:
                    ProtobufReader packed = new(ModelFileCheck.Message(field, "dimensions"));
                    while (!packed.IsAtEnd)
                    {
                        count = Times(count, packed.ReadVarint());
                    }

                    break;
                case DataType:
                    type = field.Value;
                    break;
                case Name:
                    name = ModelFileCheck.Text(field);
                    break;
                case RawData:
                    ModelFileCheck.RequireFirst(ref isRaw, "raw data of a tensor");
                    break;
                case ExternalData:
                    isElsewhere = true;
                    break;
                case DataLocation:
                    isElsewhere |= field.Value != 0;
                    break;
            }
        }

        if (isElsewhere)
        {
            throw new DiffusionException(
                $"'{source}', tensor '{name}': its values are in another file, which is not opened. Export the model as one file.");
        }

        return (ElementType)type == ElementType.String || ((ElementType)type).Size() > 0
            ? (name, (ElementType)type, count, isRaw)
            : throw new DiffusionException(
                $"'{source}', tensor '{name}': expected numbers or texts; found elements of {ElementTypes.Name(type)}.");
    }

    /// <summary>A product that stops at more than any file can hold.</summary>
    private static UInt128 Times(UInt128 count, ulong length) => UInt128.Min(count * length, ulong.MaxValue);
}
