using System.Numerics;

namespace Diffusion.Rendering.Gif;

/// <summary>
/// Up to 255 colours fitted to pictures, and the nearest of them for any colour. Colours are cut into cubes, as small as
/// leaves few enough of them with a colour inside, and one colour stands for each cube: no channel of any colour of the
/// pictures is farther from the palette than half a side. What was looked up is remembered, so a palette is for one thread
/// at a time.
/// </summary>
public sealed class GifPalette
{
    /// <summary>One of the 256 places of a GIF's palette is kept for transparency.</summary>
    public const int MostColors = 255;

    private const int Channels = 3;

    /// <summary>A whole number of vectors of any width.</summary>
    private const int Room = 256;

    /// <summary>Colours that are remembered, each in a place that it shares with others: the last one stays.</summary>
    private const int RememberedBits = 14;

    /// <summary>2³² divided by the golden ratio: Knuth's multiplicative hash.</summary>
    private const uint HashFactor = 2654435769;

    private readonly uint[] _remembered = new uint[1 << RememberedBits];
    private readonly byte[] _nearest = new byte[1 << RememberedBits];
    private readonly uint[] _colors;
    private readonly byte[][] _channels;

    private GifPalette(uint[] colors)
    {
        _colors = colors;

        // The room that is left has the last colour.
        _channels = [.. Enumerable.Range(0, Channels).Select(
            channel => Enumerable.Range(0, Room).Select(k => (byte)Channel(colors[Math.Min(k, colors.Length - 1)], channel)).ToArray())];
    }

    /// <summary>The colours as 0xRRGGBB.</summary>
    public IReadOnlyList<uint> Colors => _colors;

    /// <summary>Fits a palette. Where there are no more colours than are asked for, these are the palette.</summary>
    /// <param name="counted">The colours of the pictures; at least one.</param>
    /// <param name="most">The number of colours to have at most, from 1 to 255.</param>
    /// <exception cref="ArgumentException">There are no pixels, or <paramref name="most"/> is out of range.</exception>
    public static GifPalette Fit(GifColors counted, int most = MostColors)
    {
        ArgumentNullException.ThrowIfNull(counted);
        uint[] colors = counted.ByFrequency();
        if (colors.Length == 0 || most is < 1 or > MostColors)
        {
            throw new ArgumentException(
                Invariant($"At least 1 pixel and between 1 and {MostColors} colors are required; found {colors.Length} and {most}."),
                nameof(most));
        }

        int reach = 0;
        while (colors.Select(color => CubeOf(color, reach)).Distinct().Take(most + 1).Count() > most)
        {
            reach++;
        }

        return new GifPalette([.. colors.GroupBy(color => CubeOf(color, reach)).Select(cube => Representative([.. cube], reach))]);
    }

    /// <summary>The index of the colour nearest to a pixel: the one whose farthest channel is nearest.</summary>
    /// <param name="pixel">The pixel as 0xAARRGGBB; alpha is ignored.</param>
    public byte IndexOf(uint pixel)
    {
        // A place that nothing is remembered in yet holds 0, which is no opaque pixel.
        uint opaque = pixel | ~GifColors.Mask;
        uint place = (opaque * HashFactor) >> (32 - RememberedBits);
        if (_remembered[place] != opaque)
        {
            (_remembered[place], _nearest[place]) = (opaque, FindNearest(pixel & GifColors.Mask));
        }

        return _nearest[place];
    }

    private static (int Red, int Green, int Blue) CubeOf(uint color, int reach)
    {
        int side = (2 * reach) + 1;
        return (Channel(color, 2) / side, Channel(color, 1) / side, Channel(color, 0) / side);
    }

    /// <summary>The most frequent colour of a cube, the first, moved as little as brings it within reach of all of them.</summary>
    private static uint Representative(uint[] colors, int reach)
    {
        uint representative = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            int[] values = Array.ConvertAll(colors, color => Channel(color, channel));
            representative |= (uint)Math.Clamp(values[0], values.Max() - reach, values.Min() + reach) << (8 * channel);
        }

        return representative;
    }

    private byte FindNearest(uint color)
    {
        Span<byte> farthest = stackalloc byte[Room];
        byte least = FarthestChannels(color, farthest);

        // The sum decides between colours whose farthest channels are equally near.
        (int nearest, int smallest) = (0, int.MaxValue);
        for (int k = farthest.IndexOf(least); k < _colors.Length; k++)
        {
            if (farthest[k] == least)
            {
                int sum = Enumerable.Range(0, Channels).Sum(channel => Math.Abs(Channel(_colors[k], channel) - Channel(color, channel)));
                (nearest, smallest) = sum < smallest ? (k, sum) : (nearest, smallest);
            }
        }

        return (byte)nearest;
    }

    /// <summary>How far the farthest channel of each colour of the palette is from a colour, and the least of that.</summary>
    private byte FarthestChannels(uint color, Span<byte> farthest)
    {
        Vector<byte> least = new(byte.MaxValue);
        for (int k = 0; k < Room; k += Vector<byte>.Count)
        {
            Vector<byte> largest = Vector<byte>.Zero;
            for (int channel = 0; channel < Channels; channel++)
            {
                Vector<byte> mine = new(_channels[channel], k);
                Vector<byte> other = new((byte)Channel(color, channel));
                largest = Vector.Max(largest, Vector.Max(mine, other) - Vector.Min(mine, other));
            }

            largest.CopyTo(farthest[k..]);
            least = Vector.Min(least, largest);
        }

        byte result = byte.MaxValue;
        for (int k = 0; k < Vector<byte>.Count; k++)
        {
            result = Math.Min(result, least[k]);
        }

        return result;
    }

    private static int Channel(uint color, int channel) => (int)(color >> (8 * channel)) & 0xFF;
}
