namespace Diffusion.Files.Models;

/// <summary>
/// The fields of a Protocol Buffers message, one after the other, read where they lie: no length that a message states is
/// believed before the bytes are seen to be there (encoding: protobuf.dev/programming-guides/encoding).
/// </summary>
/// <param name="message">The bytes of the message.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int LongestVarint = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field.</summary>
    public int Number { get; private set; }

    /// <summary>How the field is encoded.</summary>
    public ProtobufKind Kind { get; private set; }

    /// <summary>The bytes of a field of known length, empty for a varint.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The value of a varint.</summary>
    public ulong Value { get; private set; }

    /// <summary>Whether all fields have been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FormatException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong tag = ReadVarint();

        // Other parsers leave away what is beyond 32 bits, and find another field than is seen here.
        Number = tag <= uint.MaxValue && tag >> 3 > 0
            ? (int)(tag >> 3)
            : throw new FormatException(Invariant($"the field number {tag >> 3} is not valid"));
        Kind = (ProtobufKind)(tag & 7);
        Bytes = [];
        Value = 0;
        switch (Kind)
        {
            case ProtobufKind.Varint:
                Value = ReadVarint();
                break;
            case ProtobufKind.Fixed64:
                Bytes = Take(sizeof(ulong));
                break;
            case ProtobufKind.Bytes:
                Bytes = Take(ReadVarint());
                break;
            case ProtobufKind.Fixed32:
                Bytes = Take(sizeof(uint));
                break;
            default:
                throw new FormatException(Invariant($"field {Number} has the unknown encoding {(int)Kind}"));
        }

        return true;
    }

    /// <summary>Reads a number without a field number, as they stand in packed fields.</summary>
    /// <exception cref="FormatException">It does not end.</exception>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int k = 0; k < LongestVarint && k < _rest.Length; k++)
        {
            value |= (ulong)(_rest[k] & 0x7F) << (7 * k);
            if (_rest[k] < 0x80)
            {
                _rest = _rest[(k + 1)..];
                return value;
            }
        }

        throw new FormatException("a number is incomplete");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new FormatException(Invariant($"field {Number} needs {length} bytes; found {_rest.Length}"));
        }

        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
