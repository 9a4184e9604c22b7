using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>The ways of some points from noise to data, one panel for each solver: rings where they start, dots where they end.</summary>
public static class PathsFigure
{
    private const float PanelSide = 400;
    private const float LineWidth = 2;

    /// <summary>Ways of so many steps are drawn finer: they wander.</summary>
    private const int ManySteps = 300;
    private const float FineWidth = 0.8f;
    private const float RingSize = 7;
    private const float RingWidth = 1.5f;
    private const float DotSize = 7;
    private const float GhostSize = 2.4f;
    private const byte LineAlpha = 170;

    /// <summary>Draws the ways.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="runs">The runs, at least one, each with all of its frames.</param>
    /// <param name="data">True points to draw behind, or null.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(string title, string subtitle, IReadOnlyList<ReverseRun> runs, PointSet? data = null, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        theme ??= Theme.Light;
        PanelGrid grid = new(runs.Count, runs.Count, PanelSide);
        PlotRange range = PlotRange.Around(
            [.. runs.SelectMany(run => run.Frames).Select(frame => frame.Points), .. data is null ? [] : new[] { data }]);
        PointColors colors = PointColors.Create(PointColoring.Angle, runs[0].Frames[0].Points, theme);
        return new Drawing(grid.Width, grid.Height, theme, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            for (int k = 0; k < runs.Count; k++)
            {
                ScatterPlot plot = grid.DrawPanel(sheet, k, runs[k].Caption, range);
                if (data is not null)
                {
                    plot.DrawPoints(data, theme.Ghost, GhostSize);
                }

                SKPoint[][] places = [.. runs[k].Frames.Select(frame => plot.Places(frame.Points))];
                int[] groups = colors.GroupsOf(runs[k].Frames[0].Points);
                sheet.Within(grid.AreaOf(k), () => DrawWays(sheet, places, [.. groups.Select(group => colors.Colors[group])]));
            }
        });
    }

    private static void DrawWays(Sheet sheet, SKPoint[][] places, SKColor[] colors)
    {
        for (int i = 0; i < colors.Length; i++)
        {
            SKPoint[] way = [.. places.Select(moment => moment[i]).Where(ScatterPlot.IsSomewhere)];
            sheet.Polyline(way, colors[i].WithAlpha(LineAlpha), places.Length > ManySteps ? FineWidth : LineWidth);
        }

        for (int i = 0; i < colors.Length; i++)
        {
            if (ScatterPlot.IsSomewhere(places[0][i]) && ScatterPlot.IsSomewhere(places[^1][i]))
            {
                sheet.Ring(places[0][i], RingSize, sheet.Theme.Ink, RingWidth);
                sheet.Dots([places[^1][i]], sheet.Theme.Ink, DotSize);
            }
        }
    }
}
