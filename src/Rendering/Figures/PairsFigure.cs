using Diffusion.Points;
using Diffusion.Rendering.Plotting;
using SkiaSharp;

namespace Diffusion.Rendering.Figures;

/// <summary>
/// Every pair of columns of a table as a scatter plot, and each column alone as a histogram on the diagonal: data against samples.
/// </summary>
public static class PairsFigure
{
    /// <summary>The most columns that fit onto a page.</summary>
    public const int MostColumns = 8;

    private const float PanelSide = 130;
    private const float Gap = 8;
    private const float Edge = 52;
    private const float Header = 70;
    private const float Footer = 46;
    private const float SubtitleSize = 13;
    private const float NameSize = 12;
    private const float PointDiameter = 1.8f;
    private const byte PointAlpha = 110;
    private const float LineWidth = 1.5f;
    private const int Bins = 32;

    /// <summary>Free space above the highest bar, as a share of its height, for the name.</summary>
    private const double Headroom = 1.25;

    /// <summary>Draws the figure.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subtitle">A line below it.</param>
    /// <param name="data">True points, or null where there are none.</param>
    /// <param name="samples">Points of the model, <c>[n, d]</c>, of which the first eight columns are shown.</param>
    /// <param name="theme">The colours; by default <see cref="Theme.Light"/>.</param>
    public static Drawing Draw(string title, string subtitle, PointSet? data, PointSet samples, Theme? theme = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        int columns = Math.Min(samples.Dimension, MostColumns);
        float size = (columns * PanelSide) + ((columns - 1) * Gap);
        (PointSet Points, Func<Theme, SKColor> Color)[] sets =
        [
            .. data is null ? [] : new[] { (data, (Func<Theme, SKColor>)(colors => colors.Data)) },
            (samples, colors => colors.Samples),
        ];
        return new Drawing((2 * Edge) + size, Header + size + Footer, theme ?? Theme.Light, sheet =>
        {
            sheet.Text(title, Edge, PanelGrid.TitleSize + 12, PanelGrid.TitleSize, sheet.Theme.Ink);
            sheet.Text(subtitle, Edge, PanelGrid.TitleSize + SubtitleSize + 19, SubtitleSize, sheet.Theme.Muted);
            DrawKey(sheet, Edge + size, sets.Length > 1);
            for (int row = 0; row < columns; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    SKRect area = SKRect.Create(
                        Edge + (column * (PanelSide + Gap)), Header + (row * (PanelSide + Gap)), PanelSide, PanelSide);
                    if (row == column)
                    {
                        DrawHistogram(sheet, area, sets, column);
                    }
                    else
                    {
                        DrawPair(sheet, area, sets, column, row, columns);
                    }

                    DrawNames(sheet, area, samples, row, column, columns);
                }
            }
        });
    }

    private static void DrawKey(Sheet sheet, float right, bool hasData)
    {
        sheet.Text("samples", right, Header - 12, NameSize, sheet.Theme.Samples, SKTextAlign.Right);
        if (hasData)
        {
            sheet.Text("data", right - Sheet.WidthOf("samples  ", NameSize), Header - 12, NameSize, sheet.Theme.Data, SKTextAlign.Right);
        }
    }

    private static void DrawPair(Sheet sheet, SKRect area, (PointSet Points, Func<Theme, SKColor> Color)[] sets, int x, int y, int columns)
    {
        (PointSet Points, Func<Theme, SKColor> Color)[] pairs = [.. sets.Select(set => (Pair(set.Points, x, y), set.Color))];
        ScatterPlot plot = new(sheet, RangeOf(sets, x, y), area);
        plot.DrawFrame();
        foreach ((PointSet points, Func<Theme, SKColor> color) in pairs)
        {
            plot.DrawPoints(points, color(sheet.Theme).WithAlpha(PointAlpha), PointDiameter);
        }

        if (x == 0)
        {
            plot.DrawVerticalTicks();
        }

        if (y == columns - 1)
        {
            plot.DrawHorizontalTicks();
        }
    }

    private static void DrawHistogram(Sheet sheet, SKRect area, (PointSet Points, Func<Theme, SKColor> Color)[] sets, int column)
    {
        PlotRange range = RangeOf(sets, column, column);
        double[][] shares = [.. sets.Select(set => Shares(set.Points, column, range))];
        double highest = Math.Max(shares.Max(heights => heights.Max()), double.Epsilon) * Headroom;
        sheet.Outline(area, sheet.Theme.Grid);
        for (int k = 0; k < sets.Length; k++)
        {
            SKPoint[] steps = [.. shares[k].SelectMany((share, bin) => new[]
            {
                new SKPoint(area.Left + (area.Width * bin / Bins), (float)(area.Bottom - (area.Height * share / highest))),
                new SKPoint(area.Left + (area.Width * (bin + 1) / Bins), (float)(area.Bottom - (area.Height * share / highest))),
            })];
            sheet.Polyline(steps, sets[k].Color(sheet.Theme), LineWidth);
        }

        if (column == (Math.Min(sets[0].Points.Dimension, MostColumns) - 1))
        {
            new ScatterPlot(sheet, range, area).DrawHorizontalTicks();
        }
    }

    /// <summary>Names stand within the diagonal, and below the columns.</summary>
    private static void DrawNames(Sheet sheet, SKRect area, PointSet samples, int row, int column, int columns)
    {
        string name = samples.Columns?[column] ?? Invariant($"x{column + 1}");
        if (row == column)
        {
            sheet.Text(name, area.Left + 5, area.Top + NameSize + 3, NameSize, sheet.Theme.Ink);
        }

        if (row == columns - 1)
        {
            sheet.Text(name, area.MidX, area.Bottom + 32, NameSize, sheet.Theme.Ink, SKTextAlign.Center);
        }
    }

    private static PointSet Pair(PointSet points, int x, int y)
    {
        float[] pair = new float[2 * points.Count];
        for (int i = 0; i < points.Count; i++)
        {
            (pair[2 * i], pair[(2 * i) + 1]) = (points[i][x], points[i][y]);
        }

        return new PointSet(pair, 2);
    }

    /// <summary>Each column has the same range in all its panels.</summary>
    private static PlotRange RangeOf((PointSet Points, Func<Theme, SKColor> Color)[] sets, int x, int y)
    {
        PlotRange across = PlotRange.Around(sets.Select(set => Pair(set.Points, x, x)));
        PlotRange up = PlotRange.Around(sets.Select(set => Pair(set.Points, y, y)));
        return new PlotRange(across.CenterX, up.CenterX, across.HalfX, up.HalfX);
    }

    /// <summary>The share of the points in each bin.</summary>
    private static double[] Shares(PointSet points, int column, PlotRange range)
    {
        double[] shares = new double[Bins];
        for (int i = 0; i < points.Count; i++)
        {
            if (range.CellOf(points[i][column], range.CenterY, rows: 1, Bins) is (_, int bin))
            {
                shares[bin] += 1.0 / points.Count;
            }
        }

        return shares;
    }
}
