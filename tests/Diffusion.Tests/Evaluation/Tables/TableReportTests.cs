using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class TableReportTests
{
    private static readonly Table Training = Sample.Persons(600, seed: 1);
    private static readonly Table HoldOut = Sample.Persons(400, seed: 2);
    private static readonly TableReportOptions Options = new() { Target = "rich", Seed = 7 };

    [TestMethod]
    public void GoodRows_AreAsRealOnes_AndPoorOnesAreNot()
    {
        TableReport good = TableReport.Of(Training, HoldOut, Sample.Persons(600, seed: 3), Options);
        TableReport poor = TableReport.Of(Training, HoldOut, Sample.Shuffled(Training, seed: 3), Options);
        Assert.AreEqual(good.Real.Score, good.Synthetic.Score, 0.03);
        Assert.IsLessThan(good.Real.Score - 0.05, poor.Synthetic.Score);
        Assert.AreEqual(0.5, good.Synthetic.TwoSampleAuc, 4 / Math.Sqrt(6 * HoldOut.Count));
        Assert.IsGreaterThan(0.8, poor.Synthetic.TwoSampleAuc);
        Assert.AreEqual(good.Real.Target!.Value, good.Synthetic.Target!.Value, 0.03);
        Assert.IsLessThan(0.7, poor.Synthetic.Target!.Value);
        Assert.AreEqual(0.5, good.NearerToTraining!.Value, 0.1);
        Assert.AreEqual(good.Real.Distances.Median, good.Synthetic.Distances.Median, 0.03);
        Assert.IsGreaterThan(0.98, good.Synthetic.Validity.Rows);
    }

    [TestMethod]
    public void CopiesOfTrainingRows_AreSeen()
    {
        TableReport report = TableReport.Of(Training, HoldOut, Sample.Permuted(Training, seed: 3), Options);
        Assert.AreEqual(1, report.Synthetic.Copies);
        Assert.AreEqual(0, report.Real.Copies, 0.01);
        Assert.AreEqual(0, report.Synthetic.Distances.Median);
        Assert.IsGreaterThan(0.8, report.NearerToTraining!.Value);
        Assert.AreEqual(1, report.Synthetic.Score, 1e-12);
        Assert.AreEqual(report.Real.TwoSampleAuc, report.Synthetic.TwoSampleAuc, 0.1);
    }

    [TestMethod]
    public void WithoutHeldOutRows_HalvesAreCompared()
    {
        TableReport report = TableReport.Of(Training, null, Sample.Persons(600, seed: 3), Options);
        Assert.IsNull(report.NearerToTraining);
        Assert.AreEqual(0.5, report.Real.TwoSampleAuc, 4 / Math.Sqrt(6 * Training.Count / 2));
        Assert.AreEqual(0.5, report.Synthetic.TwoSampleAuc, 4 / Math.Sqrt(6 * Training.Count / 2));
        Assert.AreEqual(report.Real.Distances.Median, report.Synthetic.Distances.Median, 0.03);
        Assert.AreEqual(1, TableReport.Of(Training, null, Training, Options).Synthetic.Copies);
    }

    [TestMethod]
    public void Figures_StandSideBySide_AndAreTheSameEveryTime()
    {
        Table synthetic = Sample.Persons(300, seed: 3);
        TableReport report = TableReport.Of(Training, HoldOut, synthetic, Options);
        TableFigure score = report.Figures.Single(figure => figure.Key == "score");
        Assert.AreEqual(new TableFigure("score", "score", report.Synthetic.Score, report.Real.Score, IsLargerBetter: true), score);
        CollectionAssert.AreEqual(TableReport.Keys(hasTarget: true).ToArray(), report.Figures.Select(figure => figure.Key).ToArray());
        Assert.IsTrue(report.Figures.Any(figure => figure.Name == "target, AUC"));
        CollectionAssert.AreEqual(
            report.Figures.ToArray(), TableReport.Of(Training, HoldOut, synthetic, Options).Figures.ToArray());
        Assert.HasCount(report.Figures.Count - 1, TableReport.Of(Training, HoldOut, synthetic).Figures);
    }

    [TestMethod]
    public void ColumnsThatTheSyntheticTableLacks_AreLeftOut_AndOthersAreRefused()
    {
        Table fewer = Sample.Of([.. Sample.Persons(50, seed: 3).Columns.Skip(1)]);
        TableReport report = TableReport.Of(Training, HoldOut, fewer);
        Assert.HasCount(3, report.Synthetic.Shapes.Columns);
        StringAssert.Contains(report.Remarks.Single(), "left out: age.");
        Assert.ThrowsExactly<DiffusionException>(() => TableReport.Of(fewer, null, Training));
        Assert.ThrowsExactly<DiffusionException>(() => TableReport.Of(Training.SelectRows([0, 1, 2]), null, Training));
    }

    [TestMethod]
    public void TheWork_CanBeEndedEarly()
        => Assert.ThrowsExactly<OperationCanceledException>(
            () => TableReport.Of(Training, HoldOut, Training, Options, new CancellationToken(canceled: true)));
}
