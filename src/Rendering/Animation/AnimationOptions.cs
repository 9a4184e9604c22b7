namespace Diffusion.Rendering.Animation;

/// <summary>How an animation looks.</summary>
public sealed record AnimationOptions
{
    /// <summary>The smallest size, in pixels.</summary>
    public const int SmallestSize = 160;

    /// <summary>The size where none is asked for, in pixels.</summary>
    public const int DefaultSize = 480;

    /// <summary>The frames per second where none are asked for.</summary>
    public const int DefaultFramesPerSecond = 20;

    /// <summary>The largest size, in pixels.</summary>
    public const int LargestSize = 1080;

    /// <summary>The most frames per second that programs show.</summary>
    public const int MostFramesPerSecond = 50;

    /// <summary>The title, such as the name of the data set.</summary>
    public required string Title { get; init; }

    /// <summary>What stands below, before the time: the solver, say.</summary>
    public required string Caption { get; init; }

    /// <summary>Width and height in pixels, from 160 to 1080.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary>Frames per second, from 1 to 50.</summary>
    public int FramesPerSecond { get; init; } = DefaultFramesPerSecond;

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Light;

    /// <summary>Refuses what makes no animation.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public void Validate()
    {
        if (Size is < SmallestSize or > LargestSize)
        {
            throw new DiffusionException($"The size of an animation must be from {SmallestSize} to {LargestSize} pixels, was {Size}.");
        }

        if (FramesPerSecond is < 1 or > MostFramesPerSecond)
        {
            throw new DiffusionException($"An animation must have from 1 to {MostFramesPerSecond} frames per second, was {FramesPerSecond}.");
        }
    }
}
