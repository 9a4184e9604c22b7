using Diffusion.Points;
using Diffusion.Rendering.Axes;
using Diffusion.Rendering.Fonts;
using Diffusion.Rendering.Plots;
using SkiaSharp;

namespace Diffusion.Rendering;

/// <summary>Panels side by side on the same axes, in rows of at most six: the forward process, the reverse process, a comparison.</summary>
public static class StripFigure
{
    private const float TitleSize = 20;
    private const float SubtitleSize = 13;
    private const float LabelSize = 13;
    private const float DetailSize = 12;
    private const float TitleBaseline = 18;
    private const float SubtitleBaseline = 20;
    private const float LabelAbovePlot = 8;
    private const int TickSteps = 4;

    /// <summary>Draws the strip. It is at most 1320 pixels wide at scale 1.</summary>
    /// <param name="panels">The panels, at least one, row by row.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="ArgumentException">There is no panel.</exception>
    public static Picture Draw(IReadOnlyList<Panel> panels, StripOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(panels);
        if (panels.Count == 0)
        {
            throw new ArgumentException("A strip must have at least one panel, had none.", nameof(panels));
        }

        options ??= new StripOptions();
        PlotRange range = options.Range ?? FitTo(panels);
        StripLayout layout = new(panels.Count, options.Title.Length > 0, options.Subtitle.Length > 0);
        return Picture.Record(layout.Width, layout.Height, options.Theme.Paper, canvas =>
        {
            DrawHeading(canvas, options);
            for (int i = 0; i < panels.Count; i++)
            {
                DrawPanel(canvas, panels[i], new Viewport(range, layout.Area(i)), options.Theme, layout.IsLeftmost(i), layout.IsLowest(i));
            }
        });
    }

    private static PlotRange FitTo(IReadOnlyList<Panel> panels)
    {
        PointSet? data = panels.FirstOrDefault(panel => panel.Role == PointRole.Data)?.Points ?? panels.FirstOrDefault(panel => panel.Ghost is not null)?.Ghost;
        return PlotRange.Fit([.. panels.Select(panel => panel.Points)], data);
    }

    private static void DrawHeading(SKCanvas canvas, StripOptions options)
    {
        float baseline = StripLayout.Top + TitleBaseline;
        if (options.Title.Length > 0)
        {
            new Label(options.Title, TitleSize, options.Theme.Ink).Draw(canvas, StripLayout.Left, baseline);
            baseline += SubtitleBaseline;
        }

        new Label(options.Subtitle, SubtitleSize, options.Theme.Muted).Draw(canvas, StripLayout.Left, baseline);
    }

    private static void DrawPanel(SKCanvas canvas, Panel panel, Viewport viewport, Theme theme, bool labelsY, bool labelsX)
    {
        SKRect area = viewport.Pixels;
        PlotFrame frame = new(theme, area);
        foreach (Tick tick in NiceTicks.Between(viewport.VisibleX.Low, viewport.VisibleX.High, TickSteps))
        {
            float x = viewport.Place(tick.Value, 0).X;
            frame.GridLineAtX(canvas, x);
            if (labelsX)
            {
                frame.LabelAtX(canvas, x, tick.Label);
            }
        }

        // A histogram has no second coordinate to mark.
        foreach (Tick tick in panel.Points.Dimension > 1 ? NiceTicks.Between(viewport.VisibleY.Low, viewport.VisibleY.High, TickSteps) : [])
        {
            float y = viewport.Place(0, tick.Value).Y;
            frame.GridLineAtY(canvas, y);
            if (labelsY)
            {
                frame.LabelAtY(canvas, y, tick.Label);
            }
        }

        if (panel.Ghost is not null)
        {
            PointPlot.Draw(canvas, viewport, panel.Ghost, theme.Ghost);
        }

        PointPlot.Draw(canvas, viewport, panel.Points, theme.ColorOf(panel.Role));
        frame.Outline(canvas);
        new Label(panel.Label, LabelSize, theme.Ink).Draw(canvas, area.Left, area.Top - LabelAbovePlot);
        new Label(panel.Detail, DetailSize, theme.Muted).Draw(canvas, area.Right, area.Top - LabelAbovePlot, SKTextAlign.Right);
    }
}
