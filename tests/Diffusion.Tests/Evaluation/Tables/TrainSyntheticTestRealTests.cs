using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class TrainSyntheticTestRealTests
{
    private static readonly Table Test = Sample.Persons(500, seed: 1);
    private static readonly Table Good = Sample.Persons(1_200, seed: 2);
    private static readonly Table Poor = Sample.Shuffled(Good, seed: 3);

    [TestMethod]
    [DataRow("rich", TargetMeasure.Auc, 0.97, 0.6)]
    [DataRow("town", TargetMeasure.Accuracy, 0.7, 0.45)]
    [DataRow("income", TargetMeasure.RSquared, 0.75, 0.05)]
    public void GoodRows_TeachToPredict_AndPoorOnesDoNot(string target, TargetMeasure measure, double good, double poor)
    {
        TargetScore fromGood = TrainSyntheticTestReal.Of(Good, Test, target), fromPoor = TrainSyntheticTestReal.Of(Poor, Test, target);
        Assert.AreEqual(measure, fromGood.Measure);
        Assert.IsGreaterThan(good, fromGood.Value);
        Assert.AreEqual(measure, fromPoor.Measure);
        Assert.IsLessThan(poor, fromPoor.Value);
    }

    [TestMethod]
    public void AColumnThatIsExcepted_TellsNothing()
    {
        double[] x = Sample.Uniform(300, seed: 1, stream: 0), y = Sample.Uniform(300, seed: 1, stream: 1);
        Table table = Sample.Of(Sample.Numbers("x", x), Sample.Numbers("copy", x), Sample.Numbers("y", y));
        Assert.IsGreaterThan(0.95, TrainSyntheticTestReal.Of(table, table, "x").Value);
        Table other = Sample.Of(
            Sample.Numbers("x", Sample.Uniform(300, 2, 0)), Sample.Numbers("copy", x), Sample.Numbers("y", Sample.Uniform(300, 2, 1)));
        Assert.IsLessThan(0.2, TrainSyntheticTestReal.Of(table, other, "x", except: new HashSet<string> { "copy" }).Value);
    }

    [TestMethod]
    public void OneClassToLearnFrom_IsAGuess()
    {
        Table one = Sample.Of(Sample.Numbers("x", 1, 2), Sample.Texts("y", "a", "a"));
        Table two = Sample.Of(Sample.Numbers("x", 1, 2), Sample.Texts("y", "a", "b"));
        Table three = Sample.Of(Sample.Numbers("x", 1, 2, 3), Sample.Texts("y", "a", "b", "c"));
        Assert.AreEqual(new TargetScore(TargetMeasure.Auc, 0.5), TrainSyntheticTestReal.Of(one, two, "y"));
        Assert.AreEqual(new TargetScore(TargetMeasure.Accuracy, 1 / 3.0), TrainSyntheticTestReal.Of(one, three, "y"));
        Assert.AreEqual(new TargetScore(TargetMeasure.RSquared, 0), TrainSyntheticTestReal.Of(two, two.SelectRows([0]), "x"));
    }

    [TestMethod]
    public void ATargetThatCannotBePredicted_IsRefused()
    {
        string[] names = [.. Enumerable.Range(0, TrainSyntheticTestReal.MostValues + 1).Select(i => $"name {i}")];
        Table table = Sample.Of(
            Sample.Texts("name", names), Sample.Texts("none", new string?[names.Length]), Sample.Numbers("x", new double[names.Length]));
        Refuse("no column 'y'", "y");
        Refuse("at most 50 that are categories; 'name' has 51", "name");
        Refuse("'none' has 0", "none");
        Table lone = Sample.Of(Sample.Numbers("x", 1, 2));
        StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => TrainSyntheticTestReal.Of(lone, lone, "x")).Message,
            "nothing to predict 'x' from");

        void Refuse(string message, string target) => StringAssert.Contains(
            Assert.ThrowsExactly<DiffusionException>(() => TrainSyntheticTestReal.Of(table, table, target)).Message, message);
    }
}
