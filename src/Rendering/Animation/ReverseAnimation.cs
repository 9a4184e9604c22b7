using Diffusion.Rendering.Gif;

namespace Diffusion.Rendering.Animation;

/// <summary>The reverse process as an animation: noise becomes data.</summary>
public static class ReverseAnimation
{
    /// <summary>How many frames the colours are fitted to at most.</summary>
    private const int PaletteFrames = 60;
    private const int MillisecondsPerHundredth = 10;

    /// <summary>Writes the animation as GIF. Memory does not grow with the number of frames.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="runs">The runs to show side by side, all from the same noise; at least one.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="cancellationToken">Ends the work before the next frame.</param>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early; what was written is no whole file.</exception>
    public static void WriteGif(
        Stream stream, IReadOnlyList<ReverseRun> runs, AnimationOptions options, CancellationToken cancellationToken = default)
    {
        using AnimationStage stage = Open(runs, options);
        using GifWriter gif = new(stream, stage.PixelWidth, stage.PixelHeight, FitPalette(stage, options));
        foreach ((int moment, int delay) in Storyboard.Of(stage, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            gif.AddFrame(stage.Draw(moment).Pixels, delay);
        }
    }

    /// <summary>
    /// Writes the animation as WebP, in the colours that a GIF would have; more of them would make it several times as
    /// large. All frames are in memory until the end.
    /// </summary>
    /// <inheritdoc cref="WriteGif"/>
    public static void WriteWebp(
        Stream stream, IReadOnlyList<ReverseRun> runs, AnimationOptions options, CancellationToken cancellationToken = default)
    {
        using AnimationStage stage = Open(runs, options);
        GifPalette palette = FitPalette(stage, options);
        using Owner owner = new();
        List<(Picture Picture, TimeSpan Duration)> frames = [];
        foreach ((int moment, int delay) in Storyboard.Of(stage, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Picture picture = owner.Keep(stage.Draw(moment).Copy());
            picture.Snap(palette);
            frames.Add((picture, TimeSpan.FromMilliseconds(delay * MillisecondsPerHundredth)));
        }

        Picture.WriteWebp(stream, frames);
    }

    /// <summary>Draws one picture of the animation.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="frame">Which one, from 0, the noise, to <see cref="AnimationOptions.Frames"/> − 1, the data.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    public static Picture DrawFrame(IReadOnlyList<ReverseRun> runs, int frame, AnimationOptions options)
    {
        using AnimationStage stage = Open(runs, options);
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, options.Frames);
        return stage.Draw(frame).Copy();
    }

    private static AnimationStage Open(IReadOnlyList<ReverseRun> runs, AnimationOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        foreach (ReverseRun run in runs)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(run.Frames.Count, 2, nameof(runs));
        }

        options.Validate();
        return new AnimationStage(runs, options);
    }

    /// <summary>Fits the colours to the frames, to some of them where there are many.</summary>
    private static GifPalette FitPalette(AnimationStage stage, AnimationOptions options)
    {
        GifColors colors = new();
        foreach (int moment in FrameChoice.Even(options.Frames - 1, PaletteFrames))
        {
            colors.Count(stage.Draw(moment).Pixels);
        }

        return GifPalette.Fit(colors);
    }
}
