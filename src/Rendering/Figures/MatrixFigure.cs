using System.Globalization;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>Numbers of every pair of columns as coloured squares, several matrices side by side.</summary>
public static class MatrixFigure
{
    /// <summary>The most columns whose names can be read.</summary>
    public const int MostColumns = 40;

    private const float Edge = 38;
    private const float Header = 74;
    private const float Footer = 20;
    private const float Gap = 26;
    private const float LabelSize = 13;
    private const float LabelHeight = 24;

    /// <summary>The side of a matrix, as far as its squares stay between these sizes.</summary>
    private const float UsualSide = 300;
    private const float SmallestCell = 12;
    private const float LargestCell = 56;

    /// <summary>Squares of this size have room for their number.</summary>
    private const float NumberedCell = 26;
    private const float LargestName = 12;
    private const float LargestNumber = 11;
    private const float TextShare = 0.36f;
    private const float NameShare = 0.8f;
    private const int LongestName = 18;
    private const float NameGap = 6;

    private const float ScaleWidth = 14;
    private const float ScaleGap = 6;
    private const float TickSize = 11;
    private const int ScaleSteps = 64;

    /// <summary>Draws the matrices.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="names">The names of the columns, from 2 to 40.</param>
    /// <param name="panels">The matrices, from left to right, at least one.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <exception cref="ArgumentException">A matrix is not as wide as there are names.</exception>
    public static Drawing Draw(
        string title, string subtitle, IReadOnlyList<string> names, IReadOnlyList<MatrixPanel> panels, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(panels);
        ArgumentOutOfRangeException.ThrowIfZero(panels.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(names.Count, 2, nameof(names));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Count, MostColumns, nameof(names));
        if (panels.FirstOrDefault(panel => panel.Values.Count != names.Count * names.Count) is { } wrong)
        {
            throw new ArgumentException(
                Invariant($"A matrix of {names.Count} columns must have {names.Count * names.Count} numbers; '{wrong.Label}' has ")
                    + Invariant($"{wrong.Values.Count}."),
                nameof(panels));
        }

        float cell = Math.Clamp(UsualSide / names.Count, SmallestCell, LargestCell);
        float nameSize = Math.Min(LargestName, NameShare * cell);
        string[] shown = [.. names.Select(name => PlainText.Of(name, LongestName))];
        float nameSpace = shown.Max(name => Sheet.WidthOf(name, nameSize)) + NameGap;
        float side = names.Count * cell;
        float[] scales = [.. panels.Select(panel => WidthOf(panel.Scale))];
        float width = Edge + Math.Max(
            nameSpace + (panels.Count * side) + scales.Sum(),
            Math.Max(Sheet.WidthOf(subtitle, LabelSize), Sheet.WidthOf(title, PanelGrid.TitleSize)) + Edge);
        float top = Header + LabelHeight;
        return new Drawing(width, top + side + nameSpace + Footer, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            for (int k = 0; k < names.Count; k++)
            {
                sheet.TextBeside(
                    shown[k], Edge + nameSpace - NameGap, top + ((k + 0.5f) * cell), nameSize, sheet.Theme.Muted, SKTextAlign.Right);
            }

            float left = Edge + nameSpace;
            for (int p = 0; p < panels.Count; p++)
            {
                SKRect area = SKRect.Create(left, top, side, side);
                sheet.Text(panels[p].Label, area.MidX, area.Top - 9, LabelSize, sheet.Theme.Ink, SKTextAlign.Center);
                DrawCells(sheet, area, panels[p], names.Count);
                DrawScale(sheet, SKRect.Create(area.Right + ScaleGap, area.Top, ScaleWidth, side), panels[p].Scale);
                for (int k = 0; k < names.Count; k++)
                {
                    sheet.TextUpwards(
                        shown[k], left + ((k + 0.5f) * cell), area.Bottom + NameGap, nameSize, sheet.Theme.Muted, SKTextAlign.Right);
                }

                left += side + scales[p];
            }
        });
    }

    private static float WidthOf(MatrixScale scale)
        => ScaleGap + ScaleWidth + ScaleGap + scale.Ticks.Max(tick => Sheet.WidthOf(tick.Label, TickSize)) + Gap;

    /// <summary>A column beside itself says nothing, and has no square.</summary>
    private static void DrawCells(Sheet sheet, SKRect area, MatrixPanel panel, int count)
    {
        float cell = area.Width / count;
        for (int k = 0; k < panel.Values.Count; k++)
        {
            (int row, int column) = (k / count, k % count);
            if (row == column)
            {
                continue;
            }

            SKRect square = SKRect.Create(area.Left + (column * cell), area.Top + (row * cell), cell - 1, cell - 1);
            SKColor color = Color(panel.Scale.StrengthOf(panel.Values[k]), sheet.Theme);
            sheet.Fill(square, color);
            if (cell >= NumberedCell)
            {
                string number = panel.Values[k].ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
                float size = Math.Min(LargestNumber, TextShare * cell);
                sheet.TextBeside(number, square.MidX, square.MidY, size, sheet.Theme.InkOn(color), SKTextAlign.Center);
            }
        }

        sheet.Outline(area, sheet.Theme.Grid);
    }

    private static void DrawScale(Sheet sheet, SKRect area, MatrixScale scale)
    {
        float height = area.Height / ScaleSteps;
        for (int step = 0; step < ScaleSteps; step++)
        {
            double middle = double.Lerp(scale.Low, scale.High, (step + 0.5) / ScaleSteps);
            sheet.Fill(
                new SKRect(area.Left, area.Bottom - ((step + 1) * height), area.Right, area.Bottom - (step * height)),
                Color(scale.StrengthOf(middle), sheet.Theme));
        }

        sheet.Outline(area, sheet.Theme.Grid);
        foreach ((double value, string label) in scale.Ticks)
        {
            float y = (float)(area.Bottom - (area.Height * (value - scale.Low) / (scale.High - scale.Low)));
            sheet.TextBeside(label, area.Right + ScaleGap, y, TickSize, sheet.Theme.Muted);
        }
    }

    /// <summary>From −1 through paper at 0 to 1: the colours of data and samples, which the colour-blind can tell apart.</summary>
    private static SKColor Color(double strength, Theme theme)
        => Theme.Mix(theme.Paper, strength < 0 ? theme.Data : theme.Samples, Math.Abs(strength));
}
