using System.Buffers.Binary;

namespace Diffusion.Rendering.Gif;

/// <summary>
/// Writes an animated GIF (GIF89a) that loops forever. After the first frame only what has changed is written: the
/// smallest rectangle around it, with unchanged pixels left transparent.
/// </summary>
public sealed class GifWriter : IDisposable
{
    /// <summary>The shortest delay that programs honour, in hundredths of a second.</summary>
    public const int ShortestDelay = 2;

    private const int FewestBits = 2;
    private const byte ExtensionIntroducer = 0x21;
    private const byte GraphicControlLabel = 0xF9;
    private const byte ApplicationLabel = 0xFF;
    private const byte ImageSeparator = 0x2C;
    private const byte Trailer = 0x3B;

    /// <summary>Keep the frame where it is and draw the next one over it, with a transparent colour.</summary>
    private const byte KeepAndTransparent = (1 << 2) | 1;

    private readonly Stream _stream;
    private readonly int _width;
    private readonly int _height;
    private readonly GifPalette _palette;
    private readonly int _bits;
    private readonly byte _transparent;
    private readonly uint[] _pixels;
    private readonly byte[] _shown;
    private readonly byte[] _next;
    private readonly byte[] _changed;
    private readonly LzwEncoder _encoder = new();
    private bool _hasFrame;
    private bool _isFinished;

    /// <summary>Starts a file.</summary>
    /// <param name="stream">The file; it is left open.</param>
    /// <param name="width">The width in pixels, from 1 to 65,535.</param>
    /// <param name="height">The height in pixels, from 1 to 65,535.</param>
    /// <param name="palette">The colours of all frames.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is out of range, or the pixels are more than an array holds.</exception>
    public GifWriter(Stream stream, int width, int height, GifPalette palette)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, Array.MaxLength, nameof(width));
        _stream = stream;
        _width = width;
        _height = height;
        _palette = palette;
        _transparent = (byte)palette.Colors.Count;
        _bits = FewestBits;
        while (1 << _bits < palette.Colors.Count + 1)
        {
            _bits++;
        }

        _pixels = new uint[width * height];
        _shown = new byte[width * height];
        _next = new byte[width * height];
        _changed = new byte[width * height];
        WriteHeader();
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="pixels">The pixels as 0xAARRGGBB, row by row, <c>[height, width]</c>; alpha is ignored.</param>
    /// <param name="delay">How long the frame is shown, in hundredths of a second, at least 2.</param>
    /// <exception cref="ArgumentException">The number of pixels or the delay does not fit.</exception>
    public void AddFrame(ReadOnlySpan<uint> pixels, int delay)
    {
        if (pixels.Length != _shown.Length)
        {
            throw new ArgumentException(
                Invariant($"{_width * _height} pixels ({_width}×{_height}) are required; found {pixels.Length}."), nameof(pixels));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(delay, ShortestDelay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, ushort.MaxValue);
        Quantize(pixels);

        (int left, int top, int width, int height) = _hasFrame ? ChangedArea() : (0, 0, _width, _height);
        WriteFrameHeader(delay, left, top, width, height);
        _encoder.Write(_stream, Changes(left, top, width, height), _bits);
        _next.CopyTo(_shown, 0);
        _hasFrame = true;
    }

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        if (!_isFinished)
        {
            _stream.WriteByte(Trailer);
            _isFinished = true;
        }
    }

    /// <summary>Chooses a colour for each pixel; those that are as in the frame before have theirs.</summary>
    private void Quantize(ReadOnlySpan<uint> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            i += _hasFrame ? pixels[i..].CommonPrefixLength(_pixels.AsSpan(i)) : 0;
            if (i < pixels.Length)
            {
                _next[i] = _palette.IndexOf(pixels[i]);
            }
        }

        pixels.CopyTo(_pixels);
    }

    /// <summary>The smallest rectangle around all pixels that differ from what is shown; one pixel where none does.</summary>
    private (int Left, int Top, int Width, int Height) ChangedArea()
    {
        (int left, int top, int right, int bottom) = (_width, _height, -1, -1);
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<byte> shown = _shown.AsSpan(y * _width, _width);
            ReadOnlySpan<byte> next = _next.AsSpan(y * _width, _width);
            int first = shown.CommonPrefixLength(next);
            if (first == _width)
            {
                continue;
            }

            int last = _width - 1;
            while (shown[last] == next[last])
            {
                last--;
            }

            (left, right, top, bottom) = (Math.Min(left, first), Math.Max(right, last), Math.Min(top, y), y);
        }

        return bottom < 0 ? (0, 0, 1, 1) : (left, top, right - left + 1, bottom - top + 1);
    }

    private ReadOnlySpan<byte> Changes(int left, int top, int width, int height)
    {
        int length = 0;
        for (int y = top; y < top + height; y++)
        {
            for (int i = (y * _width) + left; i < (y * _width) + left + width; i++)
            {
                _changed[length++] = _hasFrame && _shown[i] == _next[i] ? _transparent : _next[i];
            }
        }

        return _changed.AsSpan(0, length);
    }

    private void WriteHeader()
    {
        _stream.Write("GIF89a"u8);
        WriteUInt16(_width);
        WriteUInt16(_height);

        // A global palette of 2^bits colours; then the background colour and the aspect ratio, both unused.
        _stream.Write([(byte)(0x80 | ((_bits - 1) << 4) | (_bits - 1)), 0, 0]);
        for (int k = 0; k < 1 << _bits; k++)
        {
            uint color = k < _palette.Colors.Count ? _palette.Colors[k] : 0;
            _stream.Write([(byte)(color >> 16), (byte)(color >> 8), (byte)color]);
        }

        // Netscape's extension with a count of 0: loop forever.
        _stream.Write([ExtensionIntroducer, ApplicationLabel, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
    }

    private void WriteFrameHeader(int delay, int left, int top, int width, int height)
    {
        _stream.Write([ExtensionIntroducer, GraphicControlLabel, 4, KeepAndTransparent]);
        WriteUInt16(delay);
        _stream.Write([_transparent, 0, ImageSeparator]);
        WriteUInt16(left);
        WriteUInt16(top);
        WriteUInt16(width);
        WriteUInt16(height);
        _stream.WriteByte(0);
    }

    private void WriteUInt16(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        _stream.Write(bytes);
    }
}
