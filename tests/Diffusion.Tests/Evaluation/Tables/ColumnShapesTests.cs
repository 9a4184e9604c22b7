using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class ColumnShapesTests
{
    private const double Missing = double.NaN;

    [TestMethod]
    public void EqualTables_ScoreOne_InWhateverOrderTheirRowsStand()
    {
        Table table = Sample.Persons(500, seed: 1);
        Assert.AreEqual(1, ColumnShapes.Of(table, table).Mean);
        Assert.AreEqual(1, ColumnShapes.Of(table, Sample.Permuted(table, seed: 2)).Mean);
        Assert.IsLessThan(1, ColumnShapes.Of(table, Sample.Persons(500, seed: 2)).Mean);
    }

    [TestMethod]
    [DataRow(new[] { 1.0, 2, 3, 4 }, new[] { 1.0, 2, 3, 4, Missing }, 1.0)]
    [DataRow(new[] { 1.0, 2, 3, 4 }, new[] { 3.0, 4, 5, 6 }, 0.5)]
    [DataRow(new[] { 1.0, 2, 3, 4 }, new[] { 2.5 }, 0.5)]
    [DataRow(new[] { 1.0, 1, 1, 2 }, new[] { 1.0, 2, 2, 2 }, 0.5)]
    [DataRow(new[] { 0.0, 1 }, new[] { 2.0, 3 }, 0.0)]
    [DataRow(new[] { 0.0, 1 }, new[] { Missing }, 0.0)]
    [DataRow(new[] { Missing }, new[] { Missing }, 1.0)]
    public void Numbers_ScoreByTheLargestGapOfTheirDistributionFunctions(double[] real, double[] synthetic, double expected)
    {
        Assert.AreEqual(expected, Score(Sample.Numbers("x", real), Sample.Numbers("x", synthetic)), 1e-12);
        Assert.AreEqual(expected, Score(Sample.Numbers("x", synthetic), Sample.Numbers("x", real)), 1e-12);
    }

    [TestMethod]
    [DataRow("a a b", "b a a", 1.0)]
    [DataRow("a a a b", "a b b b", 0.5)]
    [DataRow("a b", "c d", 0.0)]
    [DataRow("a b ? ?", "a b a b", 0.5)]
    [DataRow("?", "? ?", 1.0)]
    public void Categories_ScoreByTheirShares_AndAMissingCellIsOne(string real, string synthetic, double expected)
        => Assert.AreEqual(expected, Score(Texts(real), Texts(synthetic)), 1e-12);

    [TestMethod]
    public void Numbers_CountAsCategories_WhereTheCallerSaysSo()
    {
        Table real = Sample.Of(Sample.Numbers("x", 1, 2)), synthetic = Sample.Of(Sample.Numbers("x", 1, 3));
        Table text = Sample.Of(Sample.Texts("x", "1", "3"));
        Assert.AreEqual(0.5, ColumnShapes.Of(real, synthetic, new HashSet<string> { "x" }).Mean, 1e-12);
        Assert.AreEqual(0.5, ColumnShapes.Of(real, text, new HashSet<string> { "x" }).Mean, 1e-12);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => ColumnShapes.Of(real, text)).Message, "'x' holds numbers in one table and text");
    }

    [TestMethod]
    public void Times_AreTheSame_InOtherUnits()
    {
        NumberColumn days = new("t", [1, 2, 3], new TimeFormat("yyyy-MM-dd"));
        NumberColumn seconds = new("t", [86_400, 2 * 86_400, 3 * 86_400], new TimeFormat("yyyy-MM-dd HH:mm:ss"));
        Assert.AreEqual(1, Score(days, seconds));
        Assert.AreEqual(1, Score(seconds, days));
        Assert.AreEqual(2 / 3.0, Score(days, Sample.Numbers("t", 2, 3, 4)), 1e-12);
    }

    [TestMethod]
    public void Columns_AreMatchedByName_AndMustBeTheSame()
    {
        Table real = Sample.Of(Sample.Numbers("x", 1, 2), Sample.Texts("y", "a", "b"));
        Table turned = Sample.Of(Sample.Texts("y", "b", "b"), Sample.Numbers("x", 1, 2));
        ColumnShapes shapes = ColumnShapes.Of(real, turned);
        CollectionAssert.AreEqual(new[] { new ColumnScore("x", 1), new ColumnScore("y", 0.5) }, shapes.Columns.ToArray());
        Assert.AreEqual(0.75, shapes.Mean);
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => ColumnShapes.Of(real, Sample.Of(Sample.Numbers("x", 1)))).Message,
            "found x, y, and x");
        Assert.ThrowsExactly<DiffusionException>(() => ColumnShapes.Of(real, real.SelectRows([])));
    }

    private static double Score(TableColumn real, TableColumn synthetic)
        => ColumnShapes.Of(Sample.Of(real), Sample.Of(synthetic)).Columns.Single().Score;

    private static TextColumn Texts(string cells)
        => Sample.Texts("x", [.. cells.Split(' ').Select(cell => cell == "?" ? null : cell)]);
}
