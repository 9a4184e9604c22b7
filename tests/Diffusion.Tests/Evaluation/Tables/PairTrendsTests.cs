using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class PairTrendsTests
{
    private const double Missing = double.NaN;

    [TestMethod]
    public void EqualTables_ScoreOne_InWhateverOrderTheirRowsStand()
    {
        Table table = Sample.Persons(500, seed: 1);
        Assert.AreEqual(1, PairTrends.Of(table, table).Mean);
        Assert.AreEqual(1, PairTrends.Of(table, Sample.Permuted(table, seed: 2)).Mean, 1e-12);
    }

    [TestMethod]
    public void ShuffledColumns_KeepTheirShapes_AndLoseTheirTrends()
    {
        Table table = Sample.Persons(2_000, seed: 1);
        Table shuffled = Sample.Shuffled(table, seed: 2);
        Assert.AreEqual(1, ColumnShapes.Of(table, shuffled).Mean);
        Assert.IsLessThan(0.85, PairTrends.Of(table, shuffled).Mean);
        Assert.IsGreaterThan(0.94, PairTrends.Of(table, Sample.Persons(2_000, seed: 2)).Mean);
    }

    [TestMethod]
    [DataRow(new[] { 2.0, 4, 6 }, 1.0)]
    [DataRow(new[] { 3.0, 2, 1 }, 0.0)]
    [DataRow(new[] { 5.0, 5, 5 }, 0.5)]
    [DataRow(new[] { 1.0, 3, 2 }, 0.75)]
    [DataRow(new[] { 1.0, 7, Missing }, 1.0)]
    public void Numbers_ScoreByTheirCorrelation(double[] synthetic, double expected)
    {
        // The correlation of the real columns is 1; those of the others are 1, −1, 0 by agreement, 0.5 and, over two rows, 1.
        Table real = Sample.Of(Sample.Numbers("x", 1, 2, 3), Sample.Numbers("y", 1, 2, 3));
        Table other = Sample.Of(Sample.Numbers("x", 1, 2, 3), Sample.Numbers("y", synthetic));
        Assert.AreEqual(expected, PairTrends.Of(real, other).Pairs.Single().Score, 1e-12);
    }

    [TestMethod]
    public void Categories_ScoreByTheirJointShares()
    {
        // Both columns have equal shares, but together they are (a,u), (b,v) against (a,v), (b,u), and then half of each.
        Table real = Sample.Of(Sample.Texts("x", "a", "b"), Sample.Texts("y", "u", "v"));
        Table turned = Sample.Of(Sample.Texts("x", "a", "b"), Sample.Texts("y", "v", "u"));
        Table mixed = Sample.Of(Sample.Texts("x", "a", "b", "a", "b"), Sample.Texts("y", "u", "v", "v", "u"));
        Assert.AreEqual(0, PairTrends.Of(real, turned).Mean);
        Assert.AreEqual(0.5, PairTrends.Of(real, mixed).Mean, 1e-12);
    }

    [TestMethod]
    [DataRow(0.95, 9.99, 1.0)]
    [DataRow(1.05, 9.99, 0.5)]
    [DataRow(-20.0, 20.0, 1.0)]
    [DataRow(Missing, 9.99, 0.5)]
    public void Numbers_AreCutIntoTenParts_BesideACategory(double first, double last, double expected)
    {
        // The real range is from 0 to 10; what lies outside belongs to the outer parts.
        Table real = Sample.Of(Sample.Numbers("x", 0, 10), Sample.Texts("y", "u", "v"));
        Table synthetic = Sample.Of(Sample.Numbers("x", first, last), Sample.Texts("y", "u", "v"));
        Assert.AreEqual(expected, PairTrends.Of(real, synthetic).Mean, 1e-12);
    }

    [TestMethod]
    public void ATableOfOneColumn_HasNoPairs_AndScoresOne()
    {
        PairTrends trends = PairTrends.Of(Sample.Of(Sample.Numbers("x", 1)), Sample.Of(Sample.Numbers("x", 2)));
        Assert.IsEmpty(trends.Pairs);
        Assert.AreEqual(1, trends.Mean);
    }
}
