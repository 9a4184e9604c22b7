namespace Diffusion.Rendering.Gif;

/// <summary>
/// Up to 255 colours fitted to pictures, and the nearest of them for any colour. The colours are split, the box with the
/// largest squared error first, at the mean of its widest channel (after Wu 1991). What was looked up is remembered, so a
/// palette is for one thread at a time.
/// </summary>
public sealed class GifPalette
{
    /// <summary>One of the 256 places of a GIF's palette is kept for transparency.</summary>
    public const int MostColors = 255;

    private const int Channels = 3;
    private const uint ColorMask = 0xFFFFFF;

    private readonly Dictionary<uint, byte> _nearest = [];

    private GifPalette(IReadOnlyList<uint> colors) => Colors = colors;

    /// <summary>The colours as 0xRRGGBB.</summary>
    public IReadOnlyList<uint> Colors { get; }

    /// <summary>Fits a palette. Where the pixels have no more colours than are asked for, these are the palette.</summary>
    /// <param name="pixels">Pixels as 0xAARRGGBB; alpha is ignored.</param>
    /// <param name="most">The number of colours to have at most, from 1 to 255.</param>
    /// <exception cref="ArgumentException">There are no pixels, or <paramref name="most"/> is out of range.</exception>
    public static GifPalette Fit(ReadOnlySpan<uint> pixels, int most = MostColors)
    {
        if (pixels.IsEmpty || most is < 1 or > MostColors)
        {
            throw new ArgumentException($"At least one pixel and from 1 to {MostColors} colours are expected, were {pixels.Length} and {most}.", nameof(most));
        }

        SortedDictionary<uint, long> counts = [];
        foreach (uint pixel in pixels)
        {
            uint color = pixel & ColorMask;
            counts[color] = counts.GetValueOrDefault(color) + 1;
        }

        List<ColorBox> boxes = [new ColorBox([.. counts.Select(pair => (pair.Key, pair.Value))])];
        while (boxes.Count < Math.Min(most, counts.Count))
        {
            ColorBox worst = boxes.MaxBy(box => box.Error)!;
            boxes.Remove(worst);
            boxes.AddRange(worst.Split());
        }

        return new GifPalette([.. boxes.Select(box => box.Mean)]);
    }

    /// <summary>The index of the colour nearest to a pixel.</summary>
    /// <param name="pixel">The pixel as 0xAARRGGBB; alpha is ignored.</param>
    public byte IndexOf(uint pixel)
    {
        uint color = pixel & ColorMask;
        if (!_nearest.TryGetValue(color, out byte index))
        {
            index = (byte)Enumerable.Range(0, Colors.Count).MinBy(k => SquaredDistance(Colors[k], color));
            _nearest.Add(color, index);
        }

        return index;
    }

    private static int Channel(uint color, int channel) => (int)(color >> (8 * channel)) & 0xFF;

    private static int SquaredDistance(uint first, uint second)
        => Enumerable.Range(0, Channels).Sum(c => (Channel(first, c) - Channel(second, c)) * (Channel(first, c) - Channel(second, c)));

    /// <summary>Some colours with the number of pixels of each.</summary>
    private sealed class ColorBox
    {
        private readonly (uint Color, long Count)[] _colors;
        private readonly double[] _means = new double[Channels];
        private readonly int _widest;

        public ColorBox((uint Color, long Count)[] colors)
        {
            _colors = colors;
            double total = colors.Sum(entry => entry.Count);
            double widest = -1;
            for (int channel = 0; channel < Channels; channel++)
            {
                double mean = colors.Sum(entry => (double)entry.Count * Channel(entry.Color, channel)) / total;
                double error = colors.Sum(entry => entry.Count * Math.Pow(Channel(entry.Color, channel) - mean, 2));
                _means[channel] = mean;
                Error += error;
                if (error > widest)
                {
                    (widest, _widest) = (error, channel);
                }
            }
        }

        /// <summary>The sum of the squared distances of all pixels from the mean.</summary>
        public double Error { get; }

        public uint Mean => Enumerable.Range(0, Channels).Aggregate(0u, (color, channel) => color | ((uint)Math.Round(_means[channel]) << (8 * channel)));

        /// <summary>The colours on either side of the mean; there are some on both as long as the error is not zero.</summary>
        public IEnumerable<ColorBox> Split()
            => _colors.GroupBy(entry => Channel(entry.Color, _widest) > _means[_widest]).Select(half => new ColorBox([.. half]));
    }
}
