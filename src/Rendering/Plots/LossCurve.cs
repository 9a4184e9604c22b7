using SkiaSharp;

namespace Diffusion.Rendering.Plots;

/// <summary>A series of values as a line of points that is no denser than the picture can show.</summary>
internal static class LossCurve
{
    /// <summary>Every value that a logarithm can show, with its iteration, counted from 1.</summary>
    public static (int Iteration, double Value)[] Positive(IReadOnlyList<float> values)
        => [.. Enumerable.Range(0, values.Count).Where(i => float.IsFinite(values[i]) && values[i] > 0).Select(i => (i + 1, (double)values[i]))];

    /// <summary>The mean over a window around each value, which is cut off at both ends.</summary>
    public static (int Iteration, double Value)[] Smooth((int Iteration, double Value)[] curve, int window)
    {
        double[] sums = new double[curve.Length + 1];
        for (int i = 0; i < curve.Length; i++)
        {
            sums[i + 1] = sums[i] + curve[i].Value;
        }

        int before = window / 2;
        int after = window - before;
        return
        [
            .. curve.Select((point, i) =>
            {
                int first = Math.Max(0, i - before);
                int end = Math.Min(curve.Length, i + after);
                return (point.Iteration, (sums[end] - sums[first]) / (end - first));
            }),
        ];
    }

    /// <summary>Keeps the lowest and the highest value of each of <paramref name="columns"/> equal parts, so that no spike is lost.</summary>
    public static (int Iteration, double Value)[] Thin((int Iteration, double Value)[] curve, int columns)
    {
        if (curve.Length <= 2 * columns)
        {
            return curve;
        }

        return
        [
            .. Enumerable.Range(0, columns).SelectMany(column =>
            {
                int first = (int)((long)column * curve.Length / columns);
                int end = (int)((long)(column + 1) * curve.Length / columns);
                (int Iteration, double Value)[] part = curve[first..end];
                (int Iteration, double Value) lowest = part.MinBy(point => point.Value);
                (int Iteration, double Value) highest = part.MaxBy(point => point.Value);
                return lowest.Iteration <= highest.Iteration ? new[] { lowest, highest } : [highest, lowest];
            }),
        ];
    }

    /// <summary>Draws the line; a single point becomes a dot.</summary>
    public static void Draw(SKCanvas canvas, IEnumerable<SKPoint> points, SKColor color, float width)
    {
        using SKPathBuilder builder = new();
        bool started = false;
        foreach (SKPoint point in points)
        {
            if (!started)
            {
                builder.MoveTo(point);
                started = true;
            }

            builder.LineTo(point);
        }

        using SKPath path = builder.Detach();
        using SKPaint paint = new()
        {
            Color = color,
            IsAntialias = true,
            IsStroke = true,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeWidth = width,
        };
        canvas.DrawPath(path, paint);
    }
}
