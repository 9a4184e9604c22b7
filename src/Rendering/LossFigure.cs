using Diffusion.Rendering.Axes;
using Diffusion.Rendering.Fonts;
using Diffusion.Rendering.Plots;
using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>The training loss against the iteration, on a logarithmic axis: every value faintly, their moving average on top.</summary>
public static class LossFigure
{
    private const int Width = 760;
    private const int Height = 440;
    private const int ColumnsPerPixel = 2;
    private const int IterationSteps = 6;
    private const int WindowsPerRun = 50;
    private const byte FaintOpacity = 70;
    private const float FaintWidth = 0.8f;
    private const float SmoothWidth = 2;
    private const float TitleSize = 20;
    private const float SmallSize = 13;
    private const float LegendStep = 20;
    private const float LegendInset = 12;
    private const float SwatchWidth = 18;

    private static readonly SKRect Area = new(64, 74, Width - 24, Height - 52);

    /// <summary>Draws the figure.</summary>
    /// <param name="series">One training run or several, at least one.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="ArgumentException">There is no series.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing window is less than 1.</exception>
    public static Picture Draw(IReadOnlyList<LossSeries> series, LossOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0)
        {
            throw new ArgumentException("A figure of the loss must have at least one series, had none.", nameof(series));
        }

        options ??= new LossOptions();
        int iterations = Math.Max(1, series.Max(run => run.Values.Count));
        int window = options.SmoothingWindow ?? Math.Max(1, iterations / WindowsPerRun);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1, nameof(options));

        (int Iteration, double Value)[][] curves = [.. series.Select(run => LossCurve.Positive(run.Values))];
        double[] losses = [.. curves.SelectMany(curve => curve).Select(point => point.Value).DefaultIfEmpty(1)];
        LossScale scale = new(Area, iterations, losses.Min(), losses.Max());
        return Picture.Record(Width, Height, options.Theme.Paper, canvas =>
        {
            DrawAxes(canvas, scale, options);
            DrawHeading(canvas, options, window);
            for (int i = 0; i < series.Count; i++)
            {
                SKColor color = ColorOf(options.Theme, i);
                DrawCurve(canvas, scale, curves[i], color.WithAlpha(FaintOpacity), FaintWidth);
                DrawCurve(canvas, scale, LossCurve.Smooth(curves[i], window), color, SmoothWidth);
            }

            DrawLegend(canvas, series, options.Theme);
        });
    }

    private static SKColor ColorOf(Theme theme, int series)
    {
        SKColor[] colors = [theme.Samples, theme.Data, theme.Noise, theme.Ink];
        return colors[series % colors.Length];
    }

    private static void DrawCurve(SKCanvas canvas, LossScale scale, (int Iteration, double Value)[] curve, SKColor color, float width)
    {
        (int Iteration, double Value)[] thinned = LossCurve.Thin(curve, ColumnsPerPixel * (int)Area.Width);
        LossCurve.Draw(canvas, thinned.Select(point => scale.Place(point.Iteration, point.Value)), color, width);
    }

    private static void DrawAxes(SKCanvas canvas, LossScale scale, LossOptions options)
    {
        PlotFrame frame = new(options.Theme, Area);
        foreach (Tick tick in LogTicks.Between(scale.LowestLoss, scale.HighestLoss))
        {
            float y = scale.Place(0, tick.Value).Y;
            frame.GridLineAtY(canvas, y);
            frame.LabelAtY(canvas, y, tick.Label);
        }

        foreach (Tick tick in NiceTicks.Between(0, scale.Iterations, IterationSteps).Where(tick => tick.Value % 1 == 0))
        {
            float x = scale.Place(tick.Value, 1).X;
            frame.GridLineAtX(canvas, x);
            frame.LabelAtX(canvas, x, tick.Label);
        }

        frame.Outline(canvas);
        new Label("iteration", SmallSize, options.Theme.Ink).Draw(canvas, Area.MidX, Height - 14, SKTextAlign.Center);
    }

    private static void DrawHeading(SKCanvas canvas, LossOptions options, int window)
    {
        new Label(options.Title, TitleSize, options.Theme.Ink).Draw(canvas, 24, 34);
        string meaning = window > 1 ? FormattableString.Invariant($"{options.LossLabel}: each iteration (faint) and the mean of {window:#,0} iterations") : options.LossLabel;
        new Label(meaning, SmallSize, options.Theme.Muted).Draw(canvas, 24, 56);
    }

    private static void DrawLegend(SKCanvas canvas, IReadOnlyList<LossSeries> series, Theme theme)
    {
        for (int i = 0; i < series.Count && series.Count > 1; i++)
        {
            float middle = Area.Top + LegendInset + (i * LegendStep);
            Label name = new(series[i].Name, SmallSize, theme.Ink);
            float left = Area.Right - LegendInset - name.Width;
            name.Draw(canvas, left, middle + 5);
            LossCurve.Draw(canvas, [new SKPoint(left - 8 - SwatchWidth, middle), new SKPoint(left - 8, middle)], ColorOf(theme, i), SmoothWidth);
        }
    }
}
