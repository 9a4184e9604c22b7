using Diffusion.Rendering.Fonts;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>The training loss against the iteration, on a logarithmic axis: every iteration faintly, their exponential moving average on top.</summary>
public static class LossFigure
{
    private const float Width = 900;
    private const float Height = 480;
    private const float TextSize = 13;
    private const float TitleSize = 20;
    private const int FewestIterationTicks = 4;
    private const int MostLossTicks = 10;

    /// <summary>The share of the run that the moving average spans.</summary>
    private const double Window = 0.01;

    /// <summary>The axis spans at least this factor, so that a flat curve looks flat.</summary>
    private const double SmallestSpan = 1.5;

    private static readonly SKRect Area = new(72, 64, Width - 28, Height - 56);

    /// <summary>Draws the curve.</summary>
    /// <param name="title">The title.</param>
    /// <param name="losses">The loss of every iteration, finite and above 0; at least one.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <param name="scale">Pixels per unit; 1 gives 900 by 480 pixels.</param>
    /// <exception cref="ArgumentException">There is no loss, or one cannot be drawn on a logarithmic axis.</exception>
    public static Picture Draw(string title, IReadOnlyList<float> losses, Theme? theme = null, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count == 0 || !losses.All(loss => loss > 0 && float.IsFinite(loss)))
        {
            throw new ArgumentException("At least one loss is expected, and every loss must be finite and above 0.", nameof(losses));
        }

        theme ??= Theme.Light;
        double middle = Math.Sqrt((double)losses.Min() * losses.Max());
        double low = Math.Min(losses.Min(), middle / Math.Sqrt(SmallestSpan));
        double high = Math.Max(losses.Max(), middle * Math.Sqrt(SmallestSpan));
        return Picture.Draw(Width, Height, scale, theme.Paper, canvas =>
        {
            using SKPaint ink = new() { Color = theme.Ink, IsAntialias = true };
            using SKFont titleFont = LabelFont.OfSize(TitleSize);
            canvas.DrawText(title, Area.Left, TitleSize + 14, SKTextAlign.Left, titleFont, ink);
            DrawAxes(canvas, theme, losses.Count, low, high);
            DrawLine(canvas, losses, theme.Samples.WithAlpha(70), 1);
            DrawLine(canvas, MovingAverage(losses), theme.Samples, 2);
        });

        void DrawLine(SKCanvas canvas, IReadOnlyList<float> values, SKColor color, float width)
        {
            using SKPaint paint = new() { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
            SKPoint[] points = [.. Envelope(values).Select(entry => new SKPoint(X(entry.Iteration, values.Count), Y(entry.Value, low, high)))];
            canvas.DrawPoints(points.Length > 1 ? SKPointMode.Polygon : SKPointMode.Points, points, paint);
        }
    }

    private static void DrawAxes(SKCanvas canvas, Theme theme, int iterations, double low, double high)
    {
        using SKPaint text = new() { Color = theme.Muted, IsAntialias = true };
        using SKPaint grid = new() { Color = theme.Grid, Style = SKPaintStyle.Stroke, StrokeWidth = 1, IsAntialias = true };
        using SKFont font = LabelFont.OfSize(TextSize);
        foreach (double loss in Ticks.Logarithmic(low, high, MostLossTicks))
        {
            float y = Y(loss, low, high);
            canvas.DrawLine(Area.Left, y, Area.Right, y, grid);
            canvas.DrawText(Ticks.Label(loss), Area.Left - 8, y - ((font.Metrics.Ascent + font.Metrics.Descent) / 2), SKTextAlign.Right, font, text);
        }

        foreach (double iteration in Ticks.Linear(0, iterations, FewestIterationTicks))
        {
            canvas.DrawText(Ticks.Label(iteration), X(iteration, iterations), Area.Bottom + TextSize + 8, SKTextAlign.Center, font, text);
        }

        canvas.DrawText("iteration", Area.MidX, Height - 12, SKTextAlign.Center, font, text);
        canvas.DrawText("ε-MSE", Area.Left - 8, Area.Top - 14, SKTextAlign.Right, font, text);
    }

    private static float[] MovingAverage(IReadOnlyList<float> losses)
    {
        double share = 1 / Math.Max(1, Window * losses.Count);
        double average = losses[0];
        return [.. losses.Select(loss => (float)(average = double.Lerp(average, loss, share)))];
    }

    /// <summary>The values themselves, or the least and the largest of each column of pixels where there are more values than that.</summary>
    private static IEnumerable<(double Iteration, float Value)> Envelope(IReadOnlyList<float> values)
    {
        int perColumn = Math.Max(1, values.Count / (int)Area.Width);
        for (int first = 0; first < values.Count; first += perColumn)
        {
            float[] column = [.. values.Skip(first).Take(perColumn)];
            yield return (first + 1, column.Min());
            if (perColumn > 1)
            {
                yield return (first + 1, column.Max());
            }
        }
    }

    private static float X(double iteration, int iterations) => (float)(Area.Left + (Area.Width * iteration / iterations));

    private static float Y(double loss, double low, double high) => (float)(Area.Bottom - (Area.Height * Math.Log(loss / low) / Math.Log(high / low)));
}
