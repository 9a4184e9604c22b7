using SkiaSharp;

namespace Diffusion.Rendering.Plotting.Tables;

/// <summary>
/// Two columns of some tables against each other: numbers as points, numbers by categories as boxes, categories as a map of shares; and a
/// column alone as its distribution.
/// </summary>
/// <param name="sheet">What to draw on.</param>
/// <param name="area">Where on the sheet.</param>
/// <param name="colors">The colour of each table.</param>
internal sealed class PairPanel(Sheet sheet, SKRect area, SKColor[] colors)
{
    /// <summary>The diameter where there are as many points as usual; fewer are larger.</summary>
    private const float PointDiameter = 1.8f;
    private const float UsualCount = 1_000;
    private const float LargestFactor = 2;
    private const byte PointAlpha = 110;
    private const float LineWidth = 1.5f;
    private const int Bins = 32;

    /// <summary>Free space above the highest bar, as a share of its height, for the name.</summary>
    private const double Headroom = 1.4;

    /// <summary>The part of a band that is drawn on.</summary>
    private const double BandShare = 0.76;

    /// <summary>The line between the two halves of a cell, and between cells.</summary>
    private const float CellGap = 1;

    private const byte BoxAlpha = 80;

    /// <summary>Where a box and its whiskers begin and end.</summary>
    private const double LowWhisker = 0.05, LowQuartile = 0.25, Median = 0.5, HighQuartile = 0.75, HighWhisker = 0.95;

    /// <summary>Draws a pair.</summary>
    /// <param name="x">The column across.</param>
    /// <param name="y">The column up.</param>
    public void DrawPair(PlotColumn x, PlotColumn y)
    {
        sheet.Outline(area, sheet.Theme.Grid);
        sheet.Within(area, () =>
        {
            if (x.Codes is not null && y.Codes is not null)
            {
                DrawShares(x, y);
            }
            else if (x.Codes is null && y.Codes is null)
            {
                DrawPoints(x, y);
            }
            else if (x.Codes is not null)
            {
                DrawBoxes(x, y, At);
            }
            else
            {
                DrawBoxes(y, x, (band, value) => At(value, 1 - band));
            }
        });
    }

    /// <summary>Draws the distribution of a column: bars of categories, a line of steps for numbers.</summary>
    public void DrawAlone(PlotColumn column)
    {
        sheet.Outline(area, sheet.Theme.Grid);
        double[][] shares = column.Codes is { } codes
            ? Array.ConvertAll(codes, ofTable => Shares(ofTable, column.Ticks.Count))
            : Array.ConvertAll(column.Places, ofTable => Shares(Array.ConvertAll(ofTable, BinOf), Bins));
        double highest = Math.Max(shares.Max(heights => heights.Max()), double.Epsilon) * Headroom;
        for (int table = 0; table < shares.Length; table++)
        {
            double[] heights = Array.ConvertAll(shares[table], share => share / highest);
            if (column.Codes is null)
            {
                sheet.Polyline(
                    [.. heights.SelectMany((height, bin) => new[] { At((double)bin / Bins, height), At((bin + 1.0) / Bins, height) })],
                    colors[table], LineWidth);
                continue;
            }

            for (int band = 0; band < heights.Length; band++)
            {
                (double from, double to) = Slot(band, heights.Length, table);
                sheet.Fill(Between(At(from, 0), At(to, heights[band])), colors[table]);
            }
        }
    }

    private void DrawPoints(PlotColumn x, PlotColumn y)
    {
        // As many of each table, so that none hides the others.
        int count = x.Places.Min(ofTable => ofTable.Length);
        float diameter = PointDiameter * Math.Clamp(MathF.Pow(UsualCount / count, 0.25f), 1, LargestFactor);
        for (int table = 0; table < colors.Length; table++)
        {
            SKPoint[] places = [.. x.Places[table].Zip(y.Places[table], At).Take(count).Where(ScatterPlot.IsSomewhere)];
            sheet.Dots(places, colors[table].WithAlpha(PointAlpha), diameter);
        }
    }

    private void DrawBoxes(PlotColumn categories, PlotColumn numbers, Func<double, double, SKPoint> at)
    {
        int bands = categories.Ticks.Count;
        for (int table = 0; table < colors.Length; table++)
        {
            ILookup<int, double> values = categories.Codes![table].Zip(numbers.Places[table])
                .Where(cell => !double.IsNaN(cell.Second)).ToLookup(cell => cell.First, cell => cell.Second);
            foreach (IGrouping<int, double> ofBand in values)
            {
                (double from, double to) = Slot(ofBand.Key, bands, table);
                DrawBox([.. ofBand.Order()], from, to, colors[table], at);
            }
        }
    }

    private void DrawBox(double[] sorted, double from, double to, SKColor color, Func<double, double, SKPoint> at)
    {
        double middle = (from + to) / 2;
        sheet.Polyline([at(middle, Of(LowWhisker)), at(middle, Of(LowQuartile))], color, 1);
        sheet.Polyline([at(middle, Of(HighQuartile)), at(middle, Of(HighWhisker))], color, 1);
        SKRect box = Between(at(from, Of(LowQuartile)), at(to, Of(HighQuartile)));
        sheet.Fill(box, color.WithAlpha(BoxAlpha));
        sheet.Outline(box, color);
        sheet.Polyline([at(from, Of(Median)), at(to, Of(Median))], color, 2 * LineWidth);

        double Of(double share) => Quantiles.Linear(sorted, share);
    }

    /// <summary>Each cell has a part for each table, the darker the more rows it has.</summary>
    private void DrawShares(PlotColumn x, PlotColumn y)
    {
        (int across, int up) = (x.Ticks.Count, y.Ticks.Count);
        double[][] shares = [.. Enumerable.Range(0, colors.Length).Select(table => Shares(
            [.. x.Codes![table].Zip(y.Codes![table], (column, row) => (row * across) + column)], across * up))];
        double largest = Math.Max(shares.Max(ofTable => ofTable.Max()), double.Epsilon);
        for (int cell = 0; cell < across * up; cell++)
        {
            (int row, int column) = (cell / across, cell % across);
            for (int table = 0; table < colors.Length; table++)
            {
                double left = (column + ((double)table / colors.Length)) / across;
                double right = (column + ((table + 1.0) / colors.Length)) / across;
                SKRect part = Between(At(left, 1 - ((double)row / up)), At(right, 1 - ((row + 1.0) / up)));
                part = new SKRect(part.Left, part.Top, part.Right - (table == colors.Length - 1 ? CellGap : 0), part.Bottom - CellGap);
                sheet.Fill(part, Theme.Mix(sheet.Theme.Paper, colors[table], shares[table][cell] / largest));
            }
        }
    }

    /// <summary>The part of a band, along an axis from 0 to 1, that belongs to a table.</summary>
    private (double From, double To) Slot(int band, int bands, int table)
    {
        double width = BandShare / (bands * colors.Length);
        double from = ((band + ((1 - BandShare) / 2)) / bands) + (table * width);
        return (from, from + width);
    }

    private static int BinOf(double place) => place is >= 0 and < 1 ? (int)(place * Bins) : -1;

    /// <summary>The share of the rows in each of some parts; what is in none counts to none.</summary>
    private static double[] Shares(int[] parts, int count)
    {
        double[] shares = new double[count];
        foreach (int part in parts.Where(part => part >= 0))
        {
            shares[part] += 1.0 / parts.Length;
        }

        return shares;
    }

    private SKPoint At(double x, double y) => new((float)(area.Left + (area.Width * x)), (float)(area.Bottom - (area.Height * y)));

    private static SKRect Between(SKPoint one, SKPoint other)
        => new(Math.Min(one.X, other.X), Math.Min(one.Y, other.Y), Math.Max(one.X, other.X), Math.Max(one.Y, other.Y));
}
