using Diffusion.Files.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Diffusion.Fuzz.Tests;

/// <summary>
/// Good Protocol Buffers messages, spoilt somewhere within, with all lengths around it right again: what gets past a parser.
/// </summary>
internal static class MessageMutation
{
    private const int MostEdits = 4;
    private const int DeepestPlace = 12;

    /// <summary>The first bit of a field's number that its tag of 32 bits has no room for.</summary>
    private const int BeyondTags = 1 << 29;

    /// <summary>Messages near some good ones.</summary>
    public static Gen<byte[]> Of(params byte[][] good)
        => from start in Gen.Elements(good)
           from edits in Gen.Choose(1, MostEdits).SelectMany(count => Gen.ArrayOf(Edit, count))
           select edits.Aggregate(start, (message, edit) => edit(message));

    private static Gen<Func<byte[], byte[]>> Edit
        => from places in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), DeepestPlace)
           from kind in Gen.Choose(0, 6)
           from number in Gen.Elements<ulong>(0, 1, 2, 7, 11, 13, 255, 4097, int.MaxValue, 1UL << 40, ulong.MaxValue)
           from bytes in Mutation.Bytes
           select (Func<byte[], byte[]>)(message => Spoil(message, places, kind, number, bytes));

    /// <summary>Goes down into a field that is a message itself, or changes one that is none.</summary>
    private static byte[] Spoil(byte[] message, ReadOnlySpan<int> places, int kind, ulong number, Func<byte[], byte[]> bytes)
    {
        if (Fields(message) is not { Count: > 0 } fields)
        {
            return message;
        }

        int chosen = places[0] % fields.Count;
        Field field = fields[chosen];
        if (places.Length > 1 && field.Kind == ProtobufKind.Bytes && field.Content.Length > 0 && Fields(field.Content) is not null)
        {
            fields[chosen] = field with { Content = Spoil(field.Content, places[1..], kind, number, bytes) };
        }
        else
        {
            switch (kind)
            {
                case 0:
                    fields.RemoveAt(chosen);
                    break;
                case 1:
                    fields.Add(field);
                    break;
                case 2:
                    fields[chosen] = field with { Number = 1 + (int)(number % 30) };
                    break;
                case 3:
                    // Other parsers drop the bit, and see the field.
                    fields[chosen] = field with { Number = field.Number | BeyondTags };
                    break;
                default:
                    fields[chosen] = field.Kind == ProtobufKind.Bytes
                        ? field with { Content = bytes(field.Content) }
                        : field with { Value = number };
                    break;
            }
        }

        return [.. fields.SelectMany(each => each.Encode())];
    }

    /// <summary>The fields of a message, or null where it is none.</summary>
    private static List<Field>? Fields(byte[] message)
    {
        List<Field> fields = [];
        try
        {
            ProtobufReader reader = new(message);
            while (reader.Next())
            {
                fields.Add(new Field(reader.Number, reader.Kind, reader.Value, reader.Bytes.ToArray()));
            }

            return fields;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Field(int Number, ProtobufKind Kind, ulong Value, byte[] Content)
    {
        public byte[] Encode()
        {
            byte[] tag = Varint(((ulong)Number << 3) | (ulong)Kind);
            return Kind switch
            {
                ProtobufKind.Varint => [.. tag, .. Varint(Value)],
                ProtobufKind.Bytes => [.. tag, .. Varint((ulong)Content.Length), .. Content],
                _ => [.. tag, .. Content],
            };
        }

        private static byte[] Varint(ulong value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
    }
}
