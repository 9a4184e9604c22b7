using Diffusion.CommandLine;
using Diffusion.Points;
using Diffusion.Rendering;

namespace Diffusion.Tests.Rendering;

[TestClass]
public sealed class TerminalPlotTests
{
    /// <summary>Four corners of a square: one dot each, at the corners of the plot; and the numbers are those of the range.</summary>
    [TestMethod]
    public void Points_AreWhereTheyAre()
    {
        string[] lines = TerminalPlot.Draw(new PointSet([-1, -1, 1, -1, -1, 1, 1, 1], 2), columns: 4).Split('\n');
        CollectionAssert.AreEqual(
            new[]
            {
                "┌────┐",
                "│⠁⠀⠀⠈│ 1.05",
                "│⡀⠀⠀⢀│ −1.05",
                "└────┘",
                " −1.05 1.05",
                "",
            },
            lines);
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 100)]
    [DataRow(5, 100)]
    [DataRow(2, 100_000)]
    public void EveryLine_FitsIntoEightyColumns(int dimension, int count)
    {
        PointSet points = new([.. Enumerable.Range(0, dimension * count).Select(i => 1e6f * MathF.Sin(i))], dimension);
        Assert.IsTrue(TerminalPlot.Draw(points).Split('\n').All(line => line.Length <= 80));
    }

    [TestMethod]
    public void PointsThatAreNowhere_AreLeftOut()
        => Assert.Contains("│⠀⠀⠀⠀│", TerminalPlot.Draw(new PointSet([float.NaN, 1, 0, float.PositiveInfinity], 2), columns: 4));

    [TestMethod]
    public void Sparklines_FallWithTheirValues()
    {
        Assert.AreEqual("█▆▃▁", Sparkline.Of([8, 4, 2, 1], width: 8));
        Assert.AreEqual("█▁", Sparkline.Of([10, 10, 10, 1, 1, 1], width: 2));
        Assert.AreEqual("▁▁▁", Sparkline.Of([2, 2, 2], width: 3));
        Assert.AreEqual("", Sparkline.Of([], width: 3));
    }
}
