namespace Diffusion.Samples;

/// <summary>The shape of one sample: <c>[d]</c> for points and rows of a table, <c>[c, h, w]</c> for images.</summary>
public readonly record struct SampleShape
{
    /// <summary>The largest number of values of a sample.</summary>
    public const int LargestSize = 1 << 16;

    private readonly int _height;
    private readonly int _width;

    private SampleShape(int channels, int height, int width)
    {
        if (channels < 1 || height < 1 || width < 1 || (Int128)channels * height * width > LargestSize)
        {
            string lengths = height == 1 && width == 1 ? Invariant($"[{channels}]") : Invariant($"[{channels}, {height}, {width}]");
            throw new DiffusionException(
                $"Every length of the shape of a sample must be at least 1, and their product at most {LargestSize}; was {lengths}.");
        }

        (Channels, _height, _width) = (channels, height, width);
    }

    /// <summary>Gets a value indicating whether the shape is <c>[c, h, w]</c> and not <c>[d]</c>.</summary>
    public bool IsImage { get; private init; }

    /// <summary>Gets the number c of channels of an image, or the number d of coordinates of a point.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of values of a sample: the product of the lengths.</summary>
    public int Size => Channels * _height * _width;

    /// <summary>Gets the lengths of the axes: <c>[d]</c> or <c>[c, h, w]</c>.</summary>
    public IReadOnlyList<int> Lengths => IsImage ? [Channels, _height, _width] : [Channels];

    /// <summary>Creates the shape <c>[d]</c>.</summary>
    /// <param name="dimension">The number d of coordinates, from 1 to 65,536.</param>
    /// <exception cref="DiffusionException">The number is out of range.</exception>
    public static SampleShape Vector(int dimension) => new(dimension, 1, 1);

    /// <summary>Creates the shape <c>[c, h, w]</c>; the product is at most 65,536.</summary>
    /// <param name="channels">The number c of channels, at least 1.</param>
    /// <param name="height">The height h in pixels, at least 1.</param>
    /// <param name="width">The width w in pixels, at least 1.</param>
    /// <exception cref="DiffusionException">A number is out of range.</exception>
    public static SampleShape Image(int channels, int height, int width) => new(channels, height, width) { IsImage = true };

    /// <summary>Creates a shape from the lengths of its axes.</summary>
    /// <param name="lengths">One or three lengths.</param>
    /// <exception cref="DiffusionException">There are two lengths, or more than three, or one is out of range.</exception>
    public static SampleShape FromLengths(IReadOnlyList<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        return lengths.Count switch
        {
            1 => Vector(lengths[0]),
            3 => Image(lengths[0], lengths[1], lengths[2]),
            var count => throw new DiffusionException($"The shape of a sample must have 1 or 3 axes; found {count}."),
        };
    }

    /// <summary>Returns the shape as text, such as "[2]" or "[1, 28, 28]".</summary>
    public override string ToString() => $"[{string.Join(", ", Lengths.Select(length => Invariant($"{length}")))}]";
}
