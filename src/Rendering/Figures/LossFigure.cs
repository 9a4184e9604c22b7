using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>
/// The training loss against the iteration, on a logarithmic axis: every iteration faintly, their exponential moving average on top.
/// </summary>
public static class LossFigure
{
    private const float Width = 900;
    private const float Height = 480;

    /// <summary>The share of the run that the moving average spans.</summary>
    private const double Window = 0.01;

    /// <summary>The axis spans at least this factor, so that a flat curve looks flat.</summary>
    private const double SmallestSpan = 1.5;

    /// <summary>How dark the losses of single iterations are.</summary>
    private const byte SingleAlpha = 70;

    private static readonly SKRect Area = new(72, 64, Width - 80, Height - 56);

    /// <summary>Draws the curve, in 900 by 480 units.</summary>
    /// <param name="title">The title.</param>
    /// <param name="losses">The loss of every iteration, finite and above 0; at least one.</param>
    /// <param name="holdOut">The loss on points held out, where it was measured; none is drawn by default.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <exception cref="ArgumentException">There is no loss, or one cannot be drawn on a logarithmic axis.</exception>
    public static Drawing Draw(
        string title, IReadOnlyList<float> losses, IReadOnlyList<(int Iteration, float Loss)>? holdOut = null, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Count == 0 || !losses.All(loss => loss > 0 && float.IsFinite(loss)))
        {
            throw new ArgumentException("At least 1 loss is required, and every loss must be finite and greater than 0.", nameof(losses));
        }

        double middle = Math.Sqrt((double)losses.Min() * losses.Max());
        Axis iterations = new("iteration", 0, losses.Count);
        Axis values = new(
            "loss",
            Math.Min(losses.Min(), middle / Math.Sqrt(SmallestSpan)),
            Math.Max(losses.Max(), middle * Math.Sqrt(SmallestSpan)),
            IsLogarithmic: true);
        float[] average = MovingAverage(losses);
        return new Drawing(Width, Height, theme ?? Theme.Light, sheet =>
        {
            LineChart chart = new(sheet, Area, iterations, values);
            sheet.Text(title, Area.Left, Area.Top - 36, PanelGrid.TitleSize, sheet.Theme.Ink);
            chart.DrawAxes();
            chart.DrawLine(Envelope(losses), sheet.Theme.Samples.WithAlpha(SingleAlpha), 1);
            chart.DrawLine(Envelope(average), sheet.Theme.Samples, 2);
            if (holdOut is { Count: > 0 })
            {
                chart.DrawLine(holdOut.Select(point => ((double)point.Iteration, (double)point.Loss)), sheet.Theme.Data, 2);
                chart.DrawNames([("training", average[^1], sheet.Theme.Samples), ("held out", holdOut[^1].Loss, sheet.Theme.Data)]);
            }
        });
    }

    private static float[] MovingAverage(IReadOnlyList<float> losses)
    {
        double share = 1 / Math.Max(1, Window * losses.Count);
        double average = losses[0];
        return [.. losses.Select(loss => (float)(average = double.Lerp(average, loss, share)))];
    }

    /// <summary>
    /// The values themselves, or the least and the largest of each column of pixels where there are more values than that.
    /// </summary>
    private static IEnumerable<(double Iteration, double Value)> Envelope(IReadOnlyList<float> values)
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
}
