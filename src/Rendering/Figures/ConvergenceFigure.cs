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

    /// <summary>Draws the lines, in 900 by 560 units.</summary>
    /// <param name="title">The title.</param>
    /// <param name="lines">The lines, at least one.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(string title, IReadOnlyList<ConvergenceLine> lines, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentOutOfRangeException.ThrowIfZero(lines.Count);
        (int Evaluations, double Error)[] all = [.. lines.SelectMany(line => line.Points)];
        Axis evaluations = new(
            "network evaluations", all.Min(point => point.Evaluations), all.Max(point => point.Evaluations), IsLogarithmic: true);
        Axis error = new(
            "RMS distance from the exact solution",
            all.Min(point => point.Error), all.Max(point => point.Error), IsLogarithmic: true);
        return new Drawing(Width, Height, theme ?? Theme.Light, sheet =>
        {
            LineChart chart = new(sheet, Area, evaluations, error);
            sheet.Text(title, Area.Left, Area.Top - 44, PanelGrid.TitleSize, sheet.Theme.Ink);
            chart.DrawAxes();
            for (int k = 0; k < lines.Count; k++)
            {
                chart.DrawLine(
                    lines[k].Points.Select(point => ((double)point.Evaluations, point.Error)),
                    ColorOf(sheet.Theme, k), LineWidth, DotSize);
            }

            chart.DrawNames(lines.Select((line, k) => (line.Name, line.Points[^1].Error, ColorOf(sheet.Theme, k))));
        });
    }

    private static SKColor ColorOf(Theme theme, int line) => theme.Lines[line % theme.Lines.Count];
}

/// <summary>How the error of a solver falls with the work.</summary>
/// <param name="Name">The name of the solver.</param>
/// <param name="Points">The network evaluations of a run and its error, which is above 0; at least one run.</param>
public sealed record ConvergenceLine(string Name, IReadOnlyList<(int Evaluations, double Error)> Points);
