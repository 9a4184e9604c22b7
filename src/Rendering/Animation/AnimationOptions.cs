using Diffusion.Points;

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

    /// <summary>The most pictures from noise to data.</summary>
    public const int MostFrames = 1_000;

    /// <summary>The title, such as the name of the data set.</summary>
    public required string Title { get; init; }

    /// <summary>Width and height of a run in pixels, from 160 to 1080; several runs stand side by side.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary>Frames per second, from 1 to 50.</summary>
    public int FramesPerSecond { get; init; } = DefaultFramesPerSecond;

    /// <summary>
    /// How many pictures there are from noise to data, from 2 to 1,000; where the run has no step
    /// of its own for one, the last one stands longer.
    /// </summary>
    public int Frames { get; init; } = FrameChoice.UsualFrames;

    /// <summary>The colours.</summary>
    public Theme Theme { get; init; } = Theme.Light;

    /// <summary>What the colour of a point tells.</summary>
    public PointColoring Coloring { get; init; } = PointColoring.Angle;

    /// <summary>Whether points draw a fading trail behind them.</summary>
    public bool HasTrails { get; init; }

    /// <summary>Whether the animation goes back to the noise the way it came, so that it begins again without a jump.</summary>
    public bool IsSeamless { get; init; }

    /// <summary>True points, drawn faintly behind, <c>[n, d]</c>; by default none.</summary>
    public PointSet? Data { get; init; }

    /// <summary>Refuses what makes no animation.</summary>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public void Validate()
    {
        if (Size is < SmallestSize or > LargestSize)
        {
            throw new DiffusionException($"The size of an animation must be between {SmallestSize} and {LargestSize} pixels; was {Size}.");
        }

        if (FramesPerSecond is < 1 or > MostFramesPerSecond)
        {
            throw new DiffusionException(
                $"The frames per second of an animation must be between 1 and {MostFramesPerSecond}; was {FramesPerSecond}.");
        }

        if (Frames is < 2 or > MostFrames)
        {
            throw new DiffusionException($"The number of frames of an animation must be between 2 and {MostFrames}; was {Frames}.");
        }
    }
}
