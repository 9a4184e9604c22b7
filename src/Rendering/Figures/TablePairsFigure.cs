using Diffusion.Rendering.Plotting;
using Diffusion.Rendering.Plotting.Tables;
using Diffusion.Tables;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>
/// Every pair of columns of a table of numbers, dates and categories, and each column alone on the diagonal: data against samples. Two
/// numbers are points, a number and a category boxes, two categories a map of shares.
/// </summary>
public static class TablePairsFigure
{
    private const float PanelSide = 130;
    private const float Gap = 8;
    private const float Edge = 38;
    private const float Header = 92;
    private const float Footer = 16;
    private const float TextSize = 13;
    private const float NameSize = 12;
    private const float NoteSize = 11;
    private const float KeyHeight = 16;
    private const float MissingSize = 9;
    private const float NameHeight = 20;
    private const float NameGap = 5;

    private const string BoxNote = "boxes: quartiles and median, whiskers from 5 to 95 %";
    private const string CellNote = "cells: the more rows, the fuller the colour";
    private const string HalvesNote = CellNote + ", data left, samples right";

    /// <summary>Draws the figure.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="data">Real rows, which have the columns of the samples; null where there are none.</param>
    /// <param name="samples">Rows of the model, at least one, of which the first eight columns are shown.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    /// <exception cref="DiffusionException">The data lack a column or hold something else in it.</exception>
    public static Drawing Draw(string title, string subtitle, Table? data, Table samples, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Table[] tables = [.. data is null ? Array.Empty<Table>() : [data], samples];
        PlotColumn[] columns =
        [
            .. samples.Columns.Take(PairsFigure.MostColumns)
                .Select(column => PlotColumn.Of([.. tables.Select(table => table[column.Name])])),
        ];
        float left = Edge + NameHeight + columns.Skip(1).Select(PanelAxes.WidthOf).DefaultIfEmpty().Max();
        float size = (columns.Length * PanelSide) + ((columns.Length - 1) * Gap);
        string[] key = [.. data is null ? Array.Empty<string>() : ["data"], "samples", NoteOf(columns, data is not null)];
        float[] lines = [Sheet.WidthOf(title, PanelGrid.TitleSize), Sheet.WidthOf(subtitle, TextSize), Sheet.WidthOf(key, NoteSize)];
        float right = columns.Length > 1 ? PanelAxes.WidthOf(columns[0]) : 0;
        float width = Math.Max(left + size + right, Edge + lines.Max()) + Edge;
        float height = Header + size + columns.Max(column => PanelAxes.HeightOf(column, PanelSide)) + NameHeight + Footer;
        return new Drawing(width, height, theme ?? Theme.Light, sheet =>
        {
            PanelGrid.DrawHeader(sheet, title, subtitle);
            SKColor[] colors = data is null ? [sheet.Theme.Samples] : [sheet.Theme.Data, sheet.Theme.Samples];
            sheet.Words(key.Zip([.. colors, sheet.Theme.Muted]), Edge, Header - KeyHeight, NoteSize);
            for (int row = 0; row < columns.Length; row++)
            {
                for (int column = 0; column < columns.Length; column++)
                {
                    SKRect area = SKRect.Create(
                        left + (column * (PanelSide + Gap)), Header + (row * (PanelSide + Gap)), PanelSide, PanelSide);
                    PairPanel panel = new(sheet, area, colors);
                    if (row == column)
                    {
                        panel.DrawAlone(columns[row]);
                        DrawName(sheet, area, columns[row], colors);
                    }
                    else
                    {
                        panel.DrawPair(columns[column], columns[row]);
                    }

                    DrawAround(sheet, area, columns, row, column, Edge + (NameHeight / 2));
                }
            }
        });
    }

    private static string NameOf(PlotColumn column) => Sheet.Fit(column.Name, NameSize, PanelSide - (2 * NameGap));

    private static string NoteOf(PlotColumn[] columns, bool hasData)
    {
        int categories = columns.Count(column => column.Codes is not null);
        string[] notes =
        [
            .. categories > 0 && categories < columns.Length ? [BoxNote] : Array.Empty<string>(),
            .. categories > 1 ? [hasData ? HalvesNote : CellNote] : Array.Empty<string>(),
        ];
        return string.Join("; ", notes);
    }

    /// <summary>A name stands within the diagonal, and below it which share of the cells is missing.</summary>
    private static void DrawName(Sheet sheet, SKRect area, PlotColumn column, SKColor[] colors)
    {
        float x = area.Left + NameGap;
        sheet.Text(NameOf(column), x, area.Top + NameSize + 3, NameSize, sheet.Theme.Ink);
        if (column.Missing.All(share => share == 0))
        {
            return;
        }

        string[] words = ["missing", .. column.Missing.Select(share => Invariant($"{100 * share:0.#} %"))];
        sheet.Words(words.Zip([sheet.Theme.Muted, .. colors]), x, area.Top + NameSize + MissingSize + 6, MissingSize);
    }

    /// <summary>Labels and names stand left of the first panel of a row and below the last one of a column. The first row begins with a
    /// column alone, whose height is no value of it: its labels are at the right end.</summary>
    private static void DrawAround(Sheet sheet, SKRect area, PlotColumn[] columns, int row, int column, float nameLeft)
    {
        PanelAxes axes = new(sheet, area);
        if (column == 0)
        {
            sheet.TextUpwards(NameOf(columns[row]), nameLeft, area.MidY, NameSize, sheet.Theme.Ink, SKTextAlign.Center);
        }

        if (row > 0 && column == 0)
        {
            axes.DrawLeft(columns[row]);
        }

        if (row == 0 && column > 0 && column == columns.Length - 1)
        {
            axes.DrawRight(columns[row]);
        }

        if (row == columns.Length - 1)
        {
            axes.DrawBelow(columns[column]);
            float names = area.Bottom + columns.Max(each => PanelAxes.HeightOf(each, PanelSide)) + NameHeight;
            sheet.Text(NameOf(columns[column]), area.MidX, names - 6, NameSize, sheet.Theme.Ink, SKTextAlign.Center);
        }
    }
}
