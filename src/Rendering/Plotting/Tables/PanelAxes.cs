using SkiaSharp;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>The labels around a panel: those of a column to its left, and of a column below it.</summary>
/// <param name="sheet">What to draw on.</param>
/// <param name="area">The panel.</param>
internal sealed class PanelAxes(Sheet sheet, SKRect area)
{
    private const float TickLength = 3;
    private const float TextSize = 10;
    private const float TextGap = 2;

    /// <summary>Free space between labels side by side.</summary>
    private const float LabelGap = 6;

    /// <summary>Returns how far the labels of a column reach to the left of a panel.</summary>
    public static float WidthOf(PlotColumn column) => TickLength + (2 * TextGap) + Widest(column);

    /// <summary>Returns how far the labels of a column reach below a panel.</summary>
    /// <param name="column">The column.</param>
    /// <param name="side">The width of the panel.</param>
    public static float HeightOf(PlotColumn column, float side)
        => TickLength + (2 * TextGap) + (AreUpright(column, side) ? Widest(column) : TextSize);

    /// <summary>Draws the labels to the left; the first category is on top.</summary>
    public void DrawLeft(PlotColumn column) => DrawBeside(column, area.Left, -1, SKTextAlign.Right);

    /// <summary>Draws the same labels to the right.</summary>
    public void DrawRight(PlotColumn column) => DrawBeside(column, area.Right, 1, SKTextAlign.Left);

    /// <summary>Draws the labels below: upright where they are too long to stand side by side. Of numbers as many as there is room
    /// for.</summary>
    public void DrawBelow(PlotColumn column)
    {
        bool areUpright = AreUpright(column, area.Width);
        float free = area.Left;
        foreach (PlotTick tick in column.Ticks)
        {
            float x = (float)(area.Left + (area.Width * tick.Place));
            float bottom = area.Bottom + TickLength;
            if (areUpright)
            {
                sheet.TextUpwards(tick.Label, x, bottom + TextGap, TextSize, sheet.Theme.Muted, SKTextAlign.Right);
            }
            else
            {
                float width = Sheet.WidthOf(tick.Label, TextSize);
                float left = Math.Clamp(x - (width / 2), area.Left, Math.Max(area.Left, area.Right - width));
                if (left < free)
                {
                    continue;
                }

                sheet.Text(tick.Label, left, bottom + TextSize, TextSize, sheet.Theme.Muted);
                free = left + width + LabelGap;
            }

            sheet.Line(x, area.Bottom, x, bottom, sheet.Theme.Muted);
        }
    }

    private void DrawBeside(PlotColumn column, float edge, int direction, SKTextAlign align)
    {
        foreach (PlotTick tick in column.Ticks)
        {
            float y = (float)(column.Codes is null ? area.Bottom - (area.Height * tick.Place) : area.Top + (area.Height * tick.Place));
            sheet.Line(edge, y, edge + (direction * TickLength), y, sheet.Theme.Muted);
            sheet.TextBeside(tick.Label, edge + (direction * (TickLength + TextGap)), y, TextSize, sheet.Theme.Muted, align);
        }
    }

    /// <summary>Whether not all categories, or not two numbers, have room side by side.</summary>
    private static bool AreUpright(PlotColumn column, float side)
        => Widest(column) + LabelGap > side / (column.Codes is null ? Math.Min(2, column.Ticks.Count) : column.Ticks.Count);

    private static float Widest(PlotColumn column) => column.Ticks.Max(tick => Sheet.WidthOf(tick.Label, TextSize));
}
