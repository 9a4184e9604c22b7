using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class PairAssociationTests
{
    /// <summary>Counts of a table of two categories, and V by hand: φ² less (r − 1)(c − 1)/(n − 1), over the smaller of r̃ − 1 and c̃ − 1
    /// (Bergsma 2013).</summary>
    [TestMethod]
    [DataRow(30, 10, 10, 30, 0.25 - (1 / 79.0))]
    [DataRow(40, 0, 0, 40, 1 - (1 / 79.0))]
    [DataRow(20, 20, 20, 20, 0)]
    [DataRow(20, 19, 20, 21, 0)]
    public void CramersV_IsThatOfItsClosedForm(int a, int b, int c, int d, double corrected)
    {
        (int[] first, int[] second) = Rows(a, b, c, d);
        double expected = Math.Sqrt(corrected / (1 - (1 / 79.0)));
        Assert.AreEqual(expected, CramersV.Of(first, second), 1e-12);
        Assert.AreEqual(expected, CramersV.Of(second, first), 1e-12);
    }

    [TestMethod]
    public void OfIndependentColumns_ItIsNearZero_WhereTheUncorrectedOneIsNot()
    {
        // Of 200 rows in 10 by 10 categories, V without its correction is √(9·9/199/9) ≈ 0.21 on average.
        double[] values = [.. Enumerable.Range(0, 40).Select(k => CramersV.Of(Tenths(2 * k), Tenths((2 * k) + 1)))];
        Assert.IsLessThan(0.06, values.Average());
        Assert.Contains(0.0, values);

        static int[] Tenths(int stream) => Array.ConvertAll(Sample.Uniform(200, 3, (uint)stream), value => (int)(10 * value));
    }

    [TestMethod]
    public void AConstantColumn_HangsTogetherWithNothing()
    {
        Assert.AreEqual(0, CramersV.Of([1, 1, 1, 1], [0, 1, 0, 1]));
        Assert.AreEqual(0, CramersV.Of([0], [0]));
    }

    [TestMethod]
    public void NumbersHaveTheirCorrelation_AndColumnsThatFollowFromEachOtherOne()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(k => (double)k)];
        string[] parts = Array.ConvertAll(x, value => value < 30 ? "low" : "high");
        Table real = Sample.Of(
            Sample.Numbers("x", x), Sample.Numbers("y", Array.ConvertAll(x, value => (2 * value) + 1)), Sample.Texts("part", parts),
            Sample.Texts("same", parts));
        Table other = Sample.Of(
            Sample.Numbers("x", x), Sample.Numbers("y", Array.ConvertAll(x, value => -value)), Sample.Texts("part", parts),
            Sample.Texts("same", [.. x.Select(value => value % 2 == 0 ? "even" : "odd")]));
        IReadOnlyList<PairAssociation> pairs = PairAssociation.Of(real, other);
        CollectionAssert.AreEqual(
            PairTrends.Of(real, other).Pairs.Select(pair => (pair.First, pair.Second)).ToArray(),
            pairs.Select(pair => (pair.First, pair.Second)).ToArray());
        PairAssociation numbers = Pair("x", "y"), categories = Pair("part", "same"), mixed = Pair("x", "part");
        Assert.AreEqual(1, numbers.Real, 1e-12);
        Assert.AreEqual(-1, numbers.Synthetic, 1e-12);
        Assert.AreEqual(1, categories.Real, 1e-12);
        Assert.AreEqual(0, categories.Synthetic);

        // Ten parts of the range determine the half: φ² is 1, of which the correction of 60 rows in 10 by 2 cells takes some off.
        Assert.AreEqual(Math.Sqrt((1 - (9 / 59.0)) / (1 - (1 / 59.0))), mixed.Real, 1e-12);

        PairAssociation Pair(string first, string second) => pairs.Single(pair => pair.First == first && pair.Second == second);
    }

    private static (int[] First, int[] Second) Rows(int a, int b, int c, int d) => (
        [.. Enumerable.Repeat(0, a + b), .. Enumerable.Repeat(1, c + d)],
        [.. Enumerable.Repeat(0, a), .. Enumerable.Repeat(1, b), .. Enumerable.Repeat(0, c), .. Enumerable.Repeat(1, d)]);
}
