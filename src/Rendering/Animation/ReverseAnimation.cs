using Diffusion.Points;
using Diffusion.Rendering.Fonts;
using Diffusion.Rendering.Gif;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Animation;

/// <summary>The reverse process as an animated GIF: noise becomes data.</summary>
public static class ReverseAnimation
{
    /// <summary>All lengths below are for this size and grow with it.</summary>
    private const float DesignSize = 480;
    private const float Edge = 20;
    private const float HeaderHeight = 40;
    private const float FooterHeight = 40;
    private const float TitleSize = 18;
    private const float CaptionSize = 13;
    private const float ProgressWidth = 3;
    private const float PointDiameter = 3.2f;

    /// <summary>The drawing has few hues; more colours than these make the file larger and not better.</summary>
    private const int Colors = 64;
    private const int PaletteFrames = 5;
    private const double FirstFrameSeconds = 0.6;
    private const double LastFrameSeconds = 1.6;
    private const int HundredthsPerSecond = 100;

    /// <summary>Writes the animation.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="frames">The frames, the prior first and the samples last; at least two.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="cancellationToken">Ends the work before the next frame.</param>
    /// <exception cref="DiffusionException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early; what was written is no whole file.</exception>
    public static void WriteGif(Stream stream, IReadOnlyList<Frame> frames, AnimationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.Count, 2);
        options.Validate();
        PlotRange range = PlotRange.Around(frames[0].Points, frames[^1].Points);
        using GifWriter gif = new(stream, options.Size, options.Size, FitPalette(frames, range, options));
        for (int k = 0; k < frames.Count; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Picture picture = DrawFrame(frames[k], frames[^1].Step, range, options);
            gif.AddFrame(picture.Pixels, Delay(k, frames.Count, options.FramesPerSecond));
        }
    }

    /// <summary>
    /// How long a frame stands, in hundredths of a second. What rounding takes from one frame the next one gets, so that
    /// the animation as a whole runs at the rate asked for.
    /// </summary>
    private static int Delay(int frame, int frames, int framesPerSecond)
    {
        return frame == 0 ? (int)(FirstFrameSeconds * HundredthsPerSecond)
            : frame == frames - 1 ? (int)(LastFrameSeconds * HundredthsPerSecond)
            : EndOf(frame) - EndOf(frame - 1);

        int EndOf(int k) => (int)Math.Round((double)HundredthsPerSecond * k / framesPerSecond, MidpointRounding.AwayFromZero);
    }

    /// <summary>Draws one frame.</summary>
    /// <param name="frame">The points and their moment.</param>
    /// <param name="steps">The number of steps of the whole run.</param>
    /// <param name="range">The part of the plane that is shown.</param>
    /// <param name="options">How it looks.</param>
    public static Picture DrawFrame(Frame frame, int steps, PlotRange range, AnimationOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        Theme theme = options.Theme;
        return Picture.Draw(DesignSize, DesignSize, options.Size / DesignSize, theme.Paper, canvas =>
        {
            using SKPaint ink = new() { Color = theme.Ink, IsAntialias = true };
            using SKPaint muted = new() { Color = theme.Muted, IsAntialias = true };
            using SKFont titleFont = LabelFont.OfSize(TitleSize);
            using SKFont captionFont = LabelFont.OfSize(CaptionSize);
            canvas.DrawText(options.Title, Edge, TitleSize + 10, SKTextAlign.Left, titleFont, ink);
            canvas.DrawText(options.Caption, DesignSize - Edge, TitleSize + 9, SKTextAlign.Right, captionFont, muted);

            float side = DesignSize - HeaderHeight - FooterHeight;
            ScatterPlot plot = new(range, SKRect.Create((DesignSize - side) / 2, HeaderHeight, side, side), theme);
            plot.DrawPoints(canvas, frame.Points, theme.Samples, PointDiameter);

            float y = DesignSize - 8;
            canvas.DrawText(MomentLabel.Time(frame.Timestep), Edge, y - 8, SKTextAlign.Left, captionFont, muted);
            canvas.DrawText(MomentLabel.AlphaBar(frame.AlphaBar), DesignSize - Edge, y - 8, SKTextAlign.Right, captionFont, muted);
            DrawProgress(canvas, theme, y, (float)frame.Step / steps);
        });
    }

    private static void DrawProgress(SKCanvas canvas, Theme theme, float y, float done)
    {
        using SKPaint track = new() { Color = theme.Grid, StrokeWidth = ProgressWidth };
        using SKPaint bar = new() { Color = theme.Samples, StrokeWidth = ProgressWidth };
        canvas.DrawLine(Edge, y, DesignSize - Edge, y, track);
        canvas.DrawLine(Edge, y, Edge + ((DesignSize - (2 * Edge)) * done), y, bar);
    }

    /// <summary>Fits the colours to some frames, the first and the last among them.</summary>
    private static GifPalette FitPalette(IReadOnlyList<Frame> frames, PlotRange range, AnimationOptions options)
    {
        List<uint> pixels = [];
        foreach (int k in FrameChoice.Even(frames.Count - 1, PaletteFrames).Order())
        {
            using Picture picture = DrawFrame(frames[k], frames[^1].Step, range, options);
            pixels.AddRange(picture.Pixels);
        }

        return GifPalette.Fit(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pixels), Colors);
    }
}
