using System.Globalization;
using Diffusion.Rendering.Plotting;
using Diffusion.Time;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>A noise schedule: β, ᾱ and the signal-to-noise ratio against the time t.</summary>
public static class ScheduleFigure
{
    private const float Side = 300;
    private const float Gap = 92;
    private const float Left = 72;
    private const float Top = 104;
    private const float Bottom = 60;
    private const float Right = 40;
    private const float SubtitleSize = 13;
    private const float LineWidth = 2;
    private const int Charts = 3;

    /// <summary>Draws the schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(NoiseSchedule schedule, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new Drawing(Left + (Charts * Side) + ((Charts - 1) * Gap) + Right, Top + Side + Bottom, theme ?? Theme.Light, sheet =>
        {
            sheet.Text(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {schedule.Kind.ToString().ToLowerInvariant()} schedule, T = {schedule.TrainTimesteps}"),
                Left, PanelGrid.TitleSize + 12, PanelGrid.TitleSize, sheet.Theme.Ink);
            sheet.Text(
                "x at time t is √ᾱ·x₀ + √(1−ᾱ)·ε; the signal-to-noise ratio is ᾱ/(1−ᾱ)",
                Left, PanelGrid.TitleSize + SubtitleSize + 19, SubtitleSize, sheet.Theme.Muted);
            double[] betas = schedule.Betas.ToArray();
            double[] alphaBars = schedule.AlphaBars.ToArray();
            double[] ratios = Array.ConvertAll(alphaBars, alphaBar => alphaBar / (1 - alphaBar));
            DrawChart(sheet, 0, new Axis("β", 0, betas.Max()), betas);
            DrawChart(sheet, 1, new Axis("ᾱ", 0, 1), alphaBars);
            DrawChart(sheet, 2, new Axis("ᾱ/(1−ᾱ)", ratios.Min(), ratios.Max(), IsLogarithmic: true), ratios);
        });
    }

    private static void DrawChart(Sheet sheet, int column, Axis y, double[] values)
    {
        LineChart chart = new(sheet, SKRect.Create(Left + (column * (Side + Gap)), Top, Side, Side), new Axis("t", 0, values.Length), y);
        chart.DrawAxes();
        chart.DrawLine(values.Select((value, i) => (i - NoiseSchedule.CleanIndex, value)), sheet.Theme.Lines[column], LineWidth);
    }
}
