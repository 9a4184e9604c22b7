using System.Text;
using Diffusion.Points;
using Diffusion.Rendering.Plotting;

namespace Diffusion.Rendering;

/// <summary>Points as text: braille characters, each of two by four dots.</summary>
public static class TerminalPlot
{
    /// <summary>The width that leaves room for numbers in 80 columns.</summary>
    public const int UsualColumns = 48;

    private const int DotsAcross = 2;
    private const int DotsDown = 4;
    private const char Blank = '\u2800';

    /// <summary>A dot is shown where there are at least so many times the points of an average dot: the denser places stand out.</summary>
    private const double Least = 0.25;

    /// <summary>The bits of the dots of a braille character, row by row (Unicode, Braille Patterns).</summary>
    private static readonly int[] Bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    /// <summary>Draws points in a frame, with the ends of the axes beside it.</summary>
    /// <param name="points">The points, <c>[n, d]</c>, of which the first two coordinates are shown.</param>
    /// <param name="columns">The width of the plot in characters, at least 1; it is as high as it is wide on most terminals.</param>
    /// <returns>Lines of text, each with its end.</returns>
    public static string Draw(PointSet points, int columns = UsualColumns)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        int rows = Math.Max(1, columns * DotsAcross / DotsDown);
        PlotRange range = PlotRange.Around(points);
        int[,] counts = Count(points, range, columns * DotsAcross, rows * DotsDown);
        int[] occupied = [.. counts.Cast<int>().Where(count => count > 0)];
        double least = occupied.Length == 0 ? 1 : Math.Max(1, Least * occupied.Average());
        StringBuilder text = new();
        text.Append('┌').Append('─', columns).Append("┐\n");
        for (int row = 0; row < rows; row++)
        {
            text.Append('│');
            for (int column = 0; column < columns; column++)
            {
                text.Append(Character(counts, row, column, least));
            }

            text.Append('│').Append(row == 0 ? $" {Label(range.Top)}" : row == rows - 1 ? $" {Label(range.Bottom)}" : "").Append('\n');
        }

        string left = Label(range.Left);
        string right = Label(range.Right);
        text.Append('└').Append('─', columns).Append("┘\n");
        return text.Append(' ')
            .Append(left)
            .Append(right.PadLeft(Math.Max(right.Length + 1, columns - left.Length)))
            .Append('\n')
            .ToString();
    }

    private static int[,] Count(PointSet points, PlotRange range, int width, int height)
    {
        int[,] counts = new int[height, width];
        for (int i = 0; i < points.Count; i++)
        {
            (float x, float y) = Coordinates.Of(points, i);
            if (range.CellOf(x, y, height, width) is (int row, int column))
            {
                counts[row, column]++;
            }
        }

        return counts;
    }

    private static char Character(int[,] counts, int row, int column, double least)
    {
        int character = Blank;
        for (int bit = 0; bit < Bits.Length; bit++)
        {
            if (counts[(row * DotsDown) + (bit / DotsAcross), (column * DotsAcross) + (bit % DotsAcross)] >= least)
            {
                character |= Bits[bit];
            }
        }

        return (char)character;
    }

    private static string Label(double value) => Ticks.Label(Math.Round(value, 2));
}
