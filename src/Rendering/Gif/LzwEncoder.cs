namespace Diffusion.Rendering.Gif;

/// <summary>The variable-length LZW code of GIF89a (Appendix F).</summary>
internal sealed class LzwEncoder
{
    private const int LongestCode = 12;
    private const int MostCodes = 1 << LongestCode;

    /// <summary>A power of two with room for all codes, so that chains of collisions stay short.</summary>
    private const int TableSize = 4 * MostCodes;
    private const int LargestBlock = 255;

    /// <summary>2³² divided by the golden ratio: Knuth's multiplicative hash.</summary>
    private const uint HashFactor = 2654435769;
    private const int HashShift = 32 - 14;

    private readonly int[] _keys = new int[TableSize];
    private readonly ushort[] _codes = new ushort[TableSize];
    private readonly byte[] _block = new byte[LargestBlock];
    private Stream _stream = Stream.Null;
    private int _blockLength;
    private uint _bits;
    private int _bitCount;

    /// <summary>Writes the minimum code size, the coded pixels in blocks, and the block that ends them.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="pixels">Indices into the palette, at least one.</param>
    /// <param name="bitsPerPixel">The number of bits of an index, from 2 to 8.</param>
    public void Write(Stream stream, ReadOnlySpan<byte> pixels, int bitsPerPixel)
    {
        _stream = stream;
        stream.WriteByte((byte)bitsPerPixel);
        int clear = 1 << bitsPerPixel;
        int end = clear + 1;
        int next = end + 1;
        int codeSize = bitsPerPixel + 1;
        Array.Fill(_keys, -1);
        Emit(clear, codeSize);
        int prefix = pixels[0];
        foreach (byte pixel in pixels[1..])
        {
            int key = (prefix << 8) | pixel;
            int slot = Find(key);
            if (_keys[slot] == key)
            {
                prefix = _codes[slot];
                continue;
            }

            Emit(prefix, codeSize);
            prefix = pixel;

            // The decoder knows one string less than the encoder, so the codes grow one code later than the table.
            if (next == 1 << codeSize && codeSize < LongestCode)
            {
                codeSize++;
            }

            if (next < MostCodes)
            {
                _keys[slot] = key;
                _codes[slot] = (ushort)next++;
            }
            else
            {
                Emit(clear, codeSize);
                Array.Fill(_keys, -1);
                next = end + 1;
                codeSize = bitsPerPixel + 1;
            }
        }

        Emit(prefix, codeSize);
        if (next == 1 << codeSize && codeSize < LongestCode)
        {
            codeSize++;
        }

        Emit(end, codeSize);
        Flush();
    }

    /// <summary>The place of a key in the table, or the empty place where it belongs.</summary>
    private int Find(int key)
    {
        int slot = (int)(((uint)key * HashFactor) >> HashShift);
        while (_keys[slot] != -1 && _keys[slot] != key)
        {
            slot = (slot + 1) % TableSize;
        }

        return slot;
    }

    private void Emit(int code, int codeSize)
    {
        _bits |= (uint)code << _bitCount;
        _bitCount += codeSize;
        while (_bitCount >= 8)
        {
            Append((byte)_bits);
            _bits >>= 8;
            _bitCount -= 8;
        }
    }

    private void Append(byte value)
    {
        _block[_blockLength++] = value;
        if (_blockLength == LargestBlock)
        {
            WriteBlock();
        }
    }

    private void Flush()
    {
        if (_bitCount > 0)
        {
            Append((byte)_bits);
        }

        if (_blockLength > 0)
        {
            WriteBlock();
        }

        _stream.WriteByte(0);
        (_bits, _bitCount) = (0, 0);
    }

    private void WriteBlock()
    {
        _stream.WriteByte((byte)_blockLength);
        _stream.Write(_block, 0, _blockLength);
        _blockLength = 0;
    }
}
