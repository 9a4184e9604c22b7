using Diffusion.Rendering;
using Diffusion.Rendering.Figures;
using Diffusion.Rendering.Plotting.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Rendering;

/// <summary>What figures of tables make of columns: places along an axis, and labels.</summary>
[TestClass]
public sealed class TablePlotTests
{
    [TestMethod]
    public void Categories_GetBandsByTheirFrequency_WithOthersAndMissingCellsBehindThem()
    {
        string?[] cells = [.. Enumerable.Range(0, 12).SelectMany(k => Enumerable.Repeat($"c{k}", 20 - k)), null];
        PlotColumn column = PlotColumn.Of(Texts("x", cells), Texts("x", "c3", "new"));
        CollectionAssert.AreEqual(
            new[] { "c0", "c1", "c2", "c3", "c4", "c5", "c6", "6 others", "missing" },
            column.Ticks.Select(tick => tick.Label).ToArray());
        CollectionAssert.AreEqual(new[] { 3, 7 }, column.Codes![1]);
        Assert.AreEqual(8, column.Codes[0][^1]);
        Assert.AreEqual(3.5 / 9, column.Places[1][0], 1e-12);
        Assert.AreEqual(3.5 / 9, column.Ticks[3].Place, 1e-12);
    }

    [TestMethod]
    public void FewNumbers_AreCategoriesInTheirOrder()
    {
        PlotColumn column = PlotColumn.Of(new NumberColumn("x", [10, 2, 10, 10, -1, double.NaN]));
        CollectionAssert.AreEqual(new[] { "-1", "2", "10", "missing" }, column.Ticks.Select(tick => tick.Label).ToArray());
        CollectionAssert.AreEqual(new[] { 2, 1, 2, 2, 0, 3 }, column.Codes![0]);
    }

    [TestMethod]
    public void Numbers_AreLabelledAsInTheFile()
    {
        double[] values = [.. Enumerable.Range(-5, 16).Select(k => k * 500.0)];
        DecimalFormat money = new() { Places = 2, IsPadded = true, Prefix = "$", GroupSeparator = ',' };
        PlotColumn column = PlotColumn.Of(new NumberColumn("x", [.. values, double.NaN], money));
        CollectionAssert.AreEqual(new[] { "−$2,000", "$0", "$2,000", "$4,000" }, column.Ticks.Select(tick => tick.Label).ToArray());
        Assert.AreEqual(1 / 17.0, column.Missing[0], 1e-12);
        Assert.IsTrue(double.IsNaN(column.Places[0][^1]));
        Assert.AreEqual(column.Ticks[1].Place, column.Places[0][5], 1e-12);
    }

    [TestMethod]
    [DataRow(1e-7, "0.000002")]
    [DataRow(1e12, "20000000000000")]
    public void SmallAndLargeNumbers_HaveLabelsThatAreTheirs(double unit, string label)
    {
        PlotColumn column = PlotColumn.Of(new NumberColumn("x", [.. Enumerable.Range(0, 50).Select(k => k * unit)]));
        CollectionAssert.Contains(column.Ticks.Select(tick => tick.Label).ToArray(), label);
    }

    /// <summary>Days and minutes of one column are the same time, and labels are starts of months, days or hours.</summary>
    [TestMethod]
    [DataRow("yyyy-MM-dd", 400, "2020-01-01,2020-07-01,2021-01-01")]
    [DataRow("yyyy-MM-dd", 5_000, "2020-01-01,2025-01-01,2030-01-01")]
    [DataRow("d.M.yyyy", 20, "2.1.2020,9.1.2020,16.1.2020")]
    public void Dates_AreLabelledByRoundOnes(string pattern, int days, string labels)
    {
        TimeFormat format = new(pattern), minutes = new("yyyy-MM-dd HH:mm");
        Assert.IsTrue(new TimeFormat("yyyy-MM-dd").TryParse("2020-01-01", out double start));
        double[] values = [.. Enumerable.Range(0, days).Select(day => start + day)];
        PlotColumn column = PlotColumn.Of(
            new NumberColumn("x", values, format), new NumberColumn("x", Array.ConvertAll(values, day => day * 24 * 60), minutes));
        Assert.AreEqual(labels, string.Join(',', column.Ticks.Select(tick => tick.Label)));
        for (int row = 0; row < days; row++)
        {
            Assert.AreEqual(column.Places[0][row], column.Places[1][row], 1e-9);
        }
    }

    [TestMethod]
    public void TimesOfDay_AreLabelledByHours()
    {
        PlotColumn column = PlotColumn.Of(
            new NumberColumn("x", [.. Enumerable.Range(0, 24 * 6).Select(k => k * 10.0)], new TimeFormat("HH:mm")));
        CollectionAssert.IsSubsetOf(new[] { "00:00", "12:00" }, column.Ticks.Select(tick => tick.Label).ToArray());
    }

    [TestMethod]
    public void ConstantsAndEmptyColumns_CanBeDrawn()
    {
        Table table = new(
        [
            new NumberColumn("gone", [double.NaN, double.NaN]), Texts("none", null, null), new NumberColumn("one", [1e12, 1e12]),
            Texts("long", "\u0007a name\nof\u2028" + new string('w', 200), "b"),
        ]);
        Assert.IsGreaterThan(100, TablePairsFigure.Draw("t", "s", table, table).ToPicture().Width);
    }

    [TestMethod]
    public void ATableOfNumbersInPlaceOfText_IsRefused()
    {
        Assert.AreEqual(
            "The column 'x' holds numbers in one table and text in another.",
            Assert.ThrowsExactly<DiffusionException>(() => PlotColumn.Of(Texts("x", "a"), new NumberColumn("x", [1]))).Message);
    }

    [TestMethod]
    public void AMatrixOfAnotherSize_IsRefused()
    {
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => MatrixFigure.Draw(
                "t", "s", ["a", "b"], [new MatrixPanel("real", [1, 2, 3], MatrixScale.Correlations)])).Message,
            "A matrix of 2 columns must have 4 numbers; 'real' has 3.");
    }

    /// <summary>Two matrices of the same numbers are the same picture, whatever the column has with itself.</summary>
    [TestMethod]
    public void TheDiagonalOfAMatrix_IsNotShown()
    {
        CollectionAssert.AreEqual(Png(0), Png(1));
        CollectionAssert.AreNotEqual(Png(0), Png(0, other: 0.4));

        static byte[] Png(double diagonal, double other = 0.5)
        {
            using MemoryStream stream = new();
            MatrixFigure.Draw(
                "t", "s", ["a", "b"], [new MatrixPanel("real", [diagonal, other, other, diagonal], MatrixScale.Correlations)], Theme.Dark)
                .WritePng(stream);
            return stream.ToArray();
        }
    }

    private static TextColumn Texts(string name, params string?[] cells)
    {
        string[] values = [.. cells.OfType<string>().Distinct()];
        return new TextColumn(name, Array.ConvertAll(cells, cell => Array.IndexOf(values, cell)), values);
    }
}
