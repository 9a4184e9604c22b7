using Diffusion.Rendering.Plotting;
using Diffusion.Rendering.Plotting.Tables;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>The columns of a table, data against samples, and numbers that compare them.</summary>
public static class TableQualityFigure
{
    /// <summary>The most columns that fit onto a page.</summary>
    public const int MostColumns = 24;

    private const int PanelsOfRow = 4;
    private const float PanelWidth = 210;
    private const float PlotHeight = 156;
    private const float NameHeight = 38;
    private const float Gap = 26;
    private const float Edge = 38;
    private const float Header = 92;
    private const float Footer = 24;
    private const float NameSize = 13;
    private const float NoteSize = 10;
    private const float KeySize = 11;
    private const float KeyHeight = 16;
    private const string KeyNote = "areas and wide bars are data, lines and narrow bars are samples";

    private const float RowHeight = 22;
    private const float TextSize = 13;

    /// <summary>The width of each of the two columns of numbers.</summary>
    private const float NumberWidth = 76;

    /// <summary>Draws the figure.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="columns">The columns, from 1 to 24.</param>
    /// <param name="head">What the two columns of numbers are called.</param>
    /// <param name="rows">The measures: a name, and the number in each column.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(
        string title, string subtitle, IReadOnlyList<HistogramPanel> columns, (string First, string Second) head,
        IReadOnlyList<(string Name, string First, string Second)> rows, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count, nameof(columns));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns.Count, MostColumns, nameof(columns));
        int across = Math.Min(PanelsOfRow, columns.Count);
        int down = (columns.Count + across - 1) / across;
        float tableLeft = Edge + (across * (PanelWidth + Gap));
        float names = rows.Select(row => Sheet.WidthOf(row.Name, TextSize)).DefaultIfEmpty().Max();
        float width = Math.Max(
            tableLeft + names + (2 * NumberWidth),
            Edge + Math.Max(Sheet.WidthOf(subtitle, TextSize), Sheet.WidthOf(title, PanelGrid.TitleSize))) + Edge;
        float height = Header + Math.Max(down * (NameHeight + PlotHeight), (rows.Count + 2) * RowHeight) + Footer;
        return new Drawing(width, height, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            (string Text, SKColor Color)[] key =
                [("data", sheet.Theme.Data), ("samples", sheet.Theme.Samples), (KeyNote, sheet.Theme.Muted)];
            sheet.Words(key, Edge, Header - KeyHeight, KeySize);
            for (int k = 0; k < columns.Count; k++)
            {
                DrawColumn(sheet, columns[k], new SKPoint(
                    Edge + (k % across * (PanelWidth + Gap)), Header + (k / across * (NameHeight + PlotHeight))));
            }

            float y = Header + RowHeight;
            DrawRow(sheet, tableLeft, names, y, ("", head.First, head.Second), sheet.Theme.Muted);
            foreach ((string Name, string First, string Second) row in rows)
            {
                y += RowHeight;
                DrawRow(sheet, tableLeft, names, y, row, sheet.Theme.Ink);
            }
        });
    }

    private static void DrawColumn(Sheet sheet, HistogramPanel column, SKPoint corner)
    {
        sheet.Text(Sheet.Fit(column.Name, NameSize, PanelWidth), corner.X, corner.Y + NameSize + 3, NameSize, sheet.Theme.Ink);
        (string Text, SKColor Color)[] note = [(column.Note, sheet.Theme.Muted)];
        if (column.Missing is not (0, 0))
        {
            note =
            [
                .. note,
                ("missing", sheet.Theme.Muted),
                (Invariant($"{100 * column.Missing.Data:0.#} %"), sheet.Theme.Data),
                (Invariant($"{100 * column.Missing.Samples:0.#} %"), sheet.Theme.Samples),
            ];
        }

        sheet.Words(note, corner.X, corner.Y + NameSize + NoteSize + 5, NoteSize);
        new HistogramPlot(sheet, SKRect.Create(corner.X, corner.Y + NameHeight, PanelWidth, PlotHeight - (Gap / 2))).Draw(column);
    }

    private static void DrawRow(
        Sheet sheet, float left, float names, float y, (string Name, string First, string Second) row, SKColor color)
    {
        float right = left + names;
        sheet.Text(row.Name, left, y, TextSize, color);
        sheet.Text(row.First, right + NumberWidth, y, TextSize, color, SKTextAlign.Right);
        sheet.Text(row.Second, right + (2 * NumberWidth), y, TextSize, color, SKTextAlign.Right);
    }
}
