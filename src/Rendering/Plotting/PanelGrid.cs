using SkiaSharp;

namespace Diffusion.Rendering.Plotting;

/// <summary>Square panels in rows under a title, with room for labels above them and numbers around them.</summary>
/// <param name="Count">The number of panels, at least 1.</param>
/// <param name="Columns">The panels of a row.</param>
/// <param name="Side">The side of a panel.</param>
/// <param name="Margin">Free space to the right of the panels, for a scale or a table.</param>
internal sealed record PanelGrid(int Count, int Columns, float Side, float Margin = 0)
{
    /// <summary>The size of a figure's title.</summary>
    public const float TitleSize = 20;

    private const float SubtitleSize = 13;
    private const float LabelSize = 13;
    private const float Edge = 38;
    private const float Gap = 16;
    private const float HeaderHeight = 62;
    private const float LabelHeight = 24;
    private const float FooterHeight = 34;

    /// <summary>The number of rows.</summary>
    public int Rows => (Count + Columns - 1) / Columns;

    /// <summary>The width of the whole.</summary>
    public float Width => (2 * Edge) + (Columns * Side) + ((Columns - 1) * Gap) + Margin;

    /// <summary>The height of the whole.</summary>
    public float Height => HeaderHeight + (Rows * (LabelHeight + Side)) + FooterHeight;

    /// <summary>Where the free space to the right begins.</summary>
    public float MarginLeft => Width - Edge - Margin + Gap;

    /// <summary>Where a panel is, in reading order.</summary>
    public SKRect AreaOf(int panel)
    {
        (int row, int column) = (panel / Columns, panel % Columns);
        return SKRect.Create(Edge + (column * (Side + Gap)), HeaderHeight + (row * (LabelHeight + Side)) + LabelHeight, Side, Side);
    }

    /// <summary>Writes the title and the line below it.</summary>
    public static void DrawHeader(Sheet sheet, string title, string subtitle)
    {
        sheet.Text(title, Edge, TitleSize + 12, TitleSize, sheet.Theme.Ink);
        sheet.Text(subtitle, Edge, TitleSize + SubtitleSize + 19, SubtitleSize, sheet.Theme.Muted);
    }

    /// <summary>
    /// Draws what is around a panel: its frame, its label, and numbers where it is the first of its row or the last of its column.
    /// </summary>
    /// <returns>The plot within it.</returns>
    public ScatterPlot DrawPanel(Sheet sheet, int panel, string label, PlotRange range)
    {
        SKRect area = AreaOf(panel);
        ScatterPlot plot = new(sheet, range, area);
        plot.DrawFrame();
        sheet.Text(label, area.MidX, area.Top - 7, LabelSize, sheet.Theme.Ink, SKTextAlign.Center);
        if (panel % Columns == 0)
        {
            plot.DrawVerticalTicks();
        }

        if (panel + Columns >= Count)
        {
            plot.DrawHorizontalTicks();
        }

        return plot;
    }
}
