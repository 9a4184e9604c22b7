using Diffusion.Evaluation.Tables;
using Diffusion.Tables;

namespace Diffusion.Tests.Evaluation.Tables;

[TestClass]
public sealed class PrivacyTests
{
    private const double Missing = double.NaN;

    [TestMethod]
    public void Copies_AreFound_WhereverTheyStand()
    {
        Table training = Sample.Persons(400, seed: 1);
        Assert.AreEqual(1, RowCopies.Share(training, Sample.Permuted(training, seed: 2)));
        Assert.AreEqual(0, RowCopies.Share(training, Sample.Persons(400, seed: 2)), 0.01);
        Table mixed = Sample.Of(Sample.Numbers("x", 1, Missing, 0, 2), Sample.Texts("y", "a", "a", null, "a"));
        Table known = Sample.Of(Sample.Numbers("x", 1, Missing, -0.0, 3), Sample.Texts("y", "a", "a", null, "b"));
        Assert.AreEqual(0.75, RowCopies.Share(known, mixed));
    }

    [TestMethod]
    public void Distances_AreZeroForCopies_AndAboveForOthers()
    {
        Table training = Sample.Persons(400, seed: 1);
        Assert.AreEqual(new RowDistances(0, 0), RowDistances.Of(training, Sample.Permuted(training, seed: 2), seed: 0));
        RowDistances others = RowDistances.Of(training, Sample.Persons(400, seed: 2), seed: 0);
        Assert.IsGreaterThan(0, others.Near);
        Assert.IsGreaterThan(others.Near, others.Median);
    }

    [TestMethod]
    [DataRow(10.0, "a", 0.0)]
    [DataRow(11.0, "a", 1.7 / 8)]
    [DataRow(99.0, "a", 1.7 / 8)]
    [DataRow(10.0, "b", 1.0)]
    [DataRow(10.0, null, 1.0)]
    [DataRow(Missing, "a", 0.7315437)]
    public void ADistance_IsThatOfRanksAndCategories(double number, string? text, double expected)
    {
        // The ranks of 10 … 40 are 1/8 … 7/8; between 10 and 20 the rank is 2/8, above all of them 1. A missing number has the
        // rank 1/2, and is 0.7 away from one that is there: √(0.7² + (1.7/8)²) from 20.
        Table training = Sample.Of(Sample.Numbers("x", 10, 20, 30, 40), Sample.Texts("y", "a", "a", "a", "a"));
        Table rows = Sample.Of(Sample.Numbers("x", number), Sample.Texts("y", text));
        Assert.AreEqual(expected, RowDistances.Of(training, rows, seed: 0).Median, 1e-6);
    }

    [TestMethod]
    public void Quantiles_LieBetweenTheDistancesAroundThem()
    {
        Table training = Sample.Of(Sample.Texts("x", "a", "a"), Sample.Texts("y", "a", "a"));
        Table rows = Sample.Of(Sample.Texts("x", "a", "b"), Sample.Texts("y", "a", "a"));
        RowDistances distances = RowDistances.Of(training, rows, seed: 0);
        Assert.AreEqual(0.5, distances.Median, 1e-12);
        Assert.AreEqual(0.05, distances.Near, 1e-12);
    }

    [TestMethod]
    public void ManyRows_AreMeasuredInBlocks_AsFewAre()
    {
        // The one row that is near stands in a block of its own.
        const int Many = 9_001;
        Table training = Sample.Of(Sample.Texts("x", [.. Enumerable.Repeat("a", Many - 1), "b"]));
        Assert.AreEqual(0, RowDistances.Of(training, Sample.Of(Sample.Texts("x", "b")), seed: 0).Median);
        Assert.AreEqual(1, RowDistances.Of(training, Sample.Of(Sample.Texts("x", "c")), seed: 0).Median);
    }

    [TestMethod]
    public void CopiesOfTrainingRows_AreNearerToThem_AndFreshRowsAreNot()
    {
        Table training = Sample.Persons(800, seed: 1), holdOut = Sample.Persons(800, seed: 2);
        Assert.IsGreaterThan(0.95, RowDistances.NearerToTraining(training, holdOut, training, seed: 0));

        // Of 800 training rows 200 are looked at: their copies are nearer to them, and half of the others by chance.
        Table few = holdOut.SelectRows([.. Enumerable.Range(0, 200)]);
        Assert.AreEqual(0.25 + (0.75 / 2), RowDistances.NearerToTraining(training, few, training, seed: 0), 4 * Math.Sqrt(0.25 / 800));
        double fresh = RowDistances.NearerToTraining(training, holdOut, Sample.Persons(800, seed: 3), seed: 0);
        Assert.AreEqual(0.5, fresh, 4 * Math.Sqrt(0.25 / 800));
    }
}
