using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>Error against network evaluations, both on logarithmic axes, one line for each solver.</summary>
public static class ConvergenceFigure
{
    private const float Width = 900;
    private const float Height = 560;
    private const float LineWidth = 2;
    private const float DotSize = 5;

    private static readonly SKRect Area = new(72, 80, Width - 130, Height - 60);

    /// <summary>Draws the lines.</summary>
    /// <param name="title">The title.</param>
    /// <param name="lines">The lines, at least one.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <param name="scale">Pixels per unit; 1 gives 900 by 560 pixels.</param>
    public static Picture Draw(string title, IReadOnlyList<ConvergenceLine> lines, Theme? theme = null, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentOutOfRangeException.ThrowIfZero(lines.Count);
        theme ??= Theme.Light;
        (int Evaluations, double Error)[] all = [.. lines.SelectMany(line => line.Points)];
        Axis evaluations = new("network evaluations", all.Min(point => point.Evaluations), all.Max(point => point.Evaluations), IsLogarithmic: true);
        Axis error = new("RMS distance from the exact solution", all.Min(point => point.Error), all.Max(point => point.Error), IsLogarithmic: true);
        LineChart chart = new(Area, evaluations, error, theme);
        return Picture.Draw(Width, Height, scale, theme.Paper, canvas =>
        {
            chart.DrawAxes(canvas, title);
            for (int k = 0; k < lines.Count; k++)
            {
                chart.DrawLine(canvas, lines[k].Points.Select(point => ((double)point.Evaluations, point.Error)), ColorOf(k), LineWidth, DotSize);
            }

            chart.DrawNames(canvas, lines.Select((line, k) => (line.Name, line.Points[^1].Error, ColorOf(k))));
        });

        SKColor ColorOf(int line) => theme.Lines[line % theme.Lines.Count];
    }
}
