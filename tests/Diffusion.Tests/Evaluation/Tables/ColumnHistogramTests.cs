using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class ColumnHistogramTests
{
    /// <summary>The ends of the range tell its parts apart, be they near 0, far from it or large.</summary>
    [TestMethod]
    [DataRow(0, 1e-4, "0", "0.0058")]
    [DataRow(0.00012, 1e-5, "0.00012", "0.0007")]
    [DataRow(40.7, 1e-5, "40.7", "40.70058")]
    [DataRow(0, 1234.5678, "0", "71600")]
    [DataRow(-3, 0.1, "-3", "2.8")]
    public void LabelsOfNumbersThatAreNotRounded_HaveFourDigitsOfTheRange(double least, double step, string first, string last)
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(k => least + (k * step) + (k % 2 == 0 ? 0 : step * 1e-6))];
        ColumnHistogram histogram = ColumnHistogram.FromColumns(new NumberColumn("x", values));
        Assert.IsFalse(histogram.AreCategories);
        Assert.AreEqual(first, histogram.Bars[0].Label);
        Assert.AreEqual(last, histogram.Bars[^1].Label);
    }

    [TestMethod]
    public void LabelsOfRoundedNumbers_StandAsInTheFile()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(k => k * 0.25)];
        ColumnHistogram histogram = ColumnHistogram.FromColumns(
            new NumberColumn("x", values, new DecimalFormat { Places = 2, IsPadded = true, Prefix = "$" }));
        Assert.AreEqual("$0.00", histogram.Bars[0].Label);
        Assert.AreEqual("$14.50", histogram.Bars[^1].Label);
    }
}
