using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class ClassifierTwoSampleTestTests
{
    [TestMethod]
    public void HalvesOfOneTable_CannotBeToldApart()
    {
        // The standard error of the area for n against n rows is about 1/√(6n) where nothing can be told.
        const int Count = 1_500;
        Table table = Sample.Persons(2 * Count, seed: 1);
        Table one = table.SelectRows([.. Enumerable.Range(0, Count)]), other = table.SelectRows([.. Enumerable.Range(Count, Count)]);
        Assert.AreEqual(0.5, ClassifierTwoSampleTest.Auc(one, other, seed: 1), 4 / Math.Sqrt(6 * Count));
    }

    [TestMethod]
    public void ColumnsThatHaveLostEachOther_TellATable()
    {
        Table real = Sample.Persons(1_000, seed: 1), synthetic = Sample.Shuffled(Sample.Persons(1_000, seed: 2), seed: 3);
        Assert.IsGreaterThan(0.85, ClassifierTwoSampleTest.Auc(real, synthetic, seed: 1));
        double[] x = Sample.Uniform(500, seed: 1, stream: 0), y = Sample.Uniform(500, seed: 1, stream: 1);
        Table equal = Sample.Of(Sample.Numbers("x", x), Sample.Numbers("y", x));
        Table apart = Sample.Of(Sample.Numbers("x", x), Sample.Numbers("y", y));
        Assert.IsGreaterThan(0.93, ClassifierTwoSampleTest.Auc(equal, apart, seed: 1));
    }

    [TestMethod]
    public void ANewCategory_AndMissingCells_TellATable()
    {
        string[] letters = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? "a" : "b")];
        Table real = Sample.Of(Sample.Texts("x", letters));
        Table other = Sample.Of(Sample.Texts("x", Array.ConvertAll(letters, letter => letter == "a" ? "c" : letter)));
        Table gaps = Sample.Of(Sample.Texts("x", Array.ConvertAll(letters, letter => letter == "a" ? null : letter)));

        // A third can be told, two thirds are alike: 1 − (2/3)²/2 − … of the pairs stand right.
        double expected = 1 - (2 / 3.0 * (2 / 3.0) / 2);
        Assert.AreEqual(expected, ClassifierTwoSampleTest.Auc(real, other, seed: 1), 0.03);
        Assert.AreEqual(expected, ClassifierTwoSampleTest.Auc(real, gaps, seed: 1), 0.03);
        Assert.IsLessThan(0.6, ClassifierTwoSampleTest.Auc(real, real, seed: 1));
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(15)]
    [DataRow(103)]
    public void ColumnsThatSayNothing_GiveExactlyAHalf(int count)
    {
        // In folds of unequal shares, the share of the training rows alone would tell: those that are missing there are judged.
        Table table = Sample.Of(Sample.Numbers("x", new double[count]));
        Assert.AreEqual(0.5, ClassifierTwoSampleTest.Auc(table, table, seed: 1));
    }

    [TestMethod]
    public void TheSeed_DecidesEverything()
    {
        Table real = Sample.Persons(200, seed: 1), synthetic = Sample.Persons(300, seed: 2);
        double auc = ClassifierTwoSampleTest.Auc(real, synthetic, seed: 1);
        Assert.AreEqual(auc, ClassifierTwoSampleTest.Auc(real, synthetic, seed: 1));
        Assert.AreNotEqual(auc, ClassifierTwoSampleTest.Auc(real, synthetic, seed: 2));
    }

    [TestMethod]
    public void TwoRows_AreEnough_AndOneIsNot()
    {
        Table two = Sample.Of(Sample.Numbers("x", 1, 2)), one = Sample.Of(Sample.Numbers("x", 1));
        Assert.IsTrue(double.IsFinite(ClassifierTwoSampleTest.Auc(two, two, seed: 1)));
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => ClassifierTwoSampleTest.Auc(two, one, seed: 1)).Message, "found 2 and 1");
    }
}
