using Diffusion.Evaluation.Tables.Boosting;

namespace Diffusion.Tests.Evaluation.Tables.Boosting;

[TestClass]
public sealed class GradientBoostingTests
{
    private const int Count = 1_000;
    private const double Missing = double.NaN;

    private static readonly BoostingOptions Options = new(Trees: 100, LearningRate: 0.1, Leaves: 31, RowsPerLeaf: 20);
    private static readonly double[] X = Sample.Uniform(Count, seed: 1, stream: 0), Y = Sample.Uniform(Count, seed: 1, stream: 1);

    [TestMethod]
    public void AStep_IsFitted()
    {
        double[] target = Array.ConvertAll(X, x => x < 0.3 ? -1.0 : 2);
        double[] predicted = Fit([new Feature(X, false)], target).Predict([new Feature([0.1, 0.29, 0.31, 0.9, -5, 5], false)])[0];
        Support.Numbers.AreClose([-1, -1, 2, 2, -1, 2], predicted, 0.01);
    }

    [TestMethod]
    public void ExclusiveOr_IsLearned()
    {
        bool[] labels = [.. X.Zip(Y, (x, y) => (x > 0.5) != (y > 0.5))];
        GradientBoosting model = new([new Feature(X, false), new Feature(Y, false)], new LogLoss(labels), Options);
        double[] scores = model.Predict([new Feature([0.2, 0.8, 0.2, 0.8], false), new Feature([0.2, 0.2, 0.8, 0.8], false)])[0];
        Assert.IsTrue(scores is [< -2, > 2, > 2, < -2], string.Join(' ', scores));
    }

    [TestMethod]
    public void Categories_AreGroupedWhereverTheyStand()
    {
        // Every other category of 20 has the effect: a cut of their codes would need 20 leaves.
        double[] codes = Array.ConvertAll(X, x => Math.Floor(20 * x));
        double[] target = Array.ConvertAll(codes, code => code % 2);
        BoostingOptions stumps = Options with { Leaves = 2, LearningRate = 1, Trees = 1 };
        double[] seen = [0, 1, 2, 3, 18, 19];
        Feature asked = new(seen, true);
        double[] predicted = new GradientBoosting([new Feature(codes, true)], new SquaredError(target), stumps).Predict([asked])[0];
        Support.Numbers.AreClose([0, 1, 0, 1, 0, 1], predicted, 1e-6);
        double[] cut = new GradientBoosting([new Feature(codes, false)], new SquaredError(target), stumps)
            .Predict([asked with { IsCategory = false }])[0];
        Assert.IsGreaterThan(0.3, Math.Abs(cut[2]));
    }

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(-1.0)]
    [DataRow(9.0)]
    public void MissingCells_GoWhereTheyBelong(double ofMissing)
    {
        double[] cells = [.. X.Zip(Y, (x, y) => y < 0.2 ? Missing : x)];
        double[] target = Array.ConvertAll(cells, cell => double.IsNaN(cell) ? ofMissing : cell < 0.5 ? -1 : 1);
        double[] predicted = Fit([new Feature(cells, false)], target).Predict([new Feature([Missing, 0.1, 0.9], false)])[0];
        Support.Numbers.AreClose([ofMissing, -1, 1], predicted, 0.01);
        double[] codes = Array.ConvertAll(cells, cell => Math.Floor(2 * cell));
        predicted = Fit([new Feature(codes, true)], target).Predict([new Feature([Missing, 0, 1], true)])[0];
        Support.Numbers.AreClose([ofMissing, -1, 1], predicted, 0.01);
    }

    [TestMethod]
    public void MissingCells_AndNewCategories_GoWithMostRows_WhereTrainingHasNone()
    {
        double[] target = Array.ConvertAll(X, x => x < 0.3 ? -1.0 : 2);
        Assert.AreEqual(2, Fit([new Feature(X, false)], target).Predict([new Feature([Missing], false)])[0][0], 0.01);
        double[] codes = Array.ConvertAll(X, x => x < 0.3 ? 0.0 : 5);
        double[] predicted = Fit([new Feature(codes, true)], target).Predict([new Feature([Missing, 3, 300], true)])[0];
        Support.Numbers.AreClose([2, 2, 2], predicted, 0.01);
    }

    [TestMethod]
    public void Classes_AreLearned_AndOneThatIsNotThereIsNotGuessed()
    {
        int[] classes = Array.ConvertAll(X, x => x < 0.3 ? 0 : x < 0.6 ? 1 : 2);
        double[][] scores = new GradientBoosting([new Feature(X, false)], new SoftmaxLoss(classes, 4), Options)
            .Predict([new Feature([0.1, 0.5, 0.9], false)]);
        for (int row = 0; row < 3; row++)
        {
            double[] ofRow = Array.ConvertAll(scores, ofClass => ofClass[row]);
            Assert.AreEqual(row, Array.IndexOf(ofRow, ofRow.Max()));
            Assert.AreEqual(ofRow.Min(), ofRow[3]);
        }
    }

    [TestMethod]
    public void WithoutAnythingToSplit_TheBestConstantIsPredicted()
    {
        Feature same = new(new double[Count], false);
        Assert.AreEqual(X.Average(), Fit([same], X).Predict([same])[0][7], 1e-6);
        GradientBoosting model = new([same], new LogLoss(Array.ConvertAll(X, x => x < 0.25)), Options);
        int positive = X.Count(x => x < 0.25);
        Assert.AreEqual(Math.Log((double)positive / (Count - positive)), model.Predict([same])[0][7], 1e-6);
        Feature few = same.SelectRows([0, 1, 2]);
        Assert.AreEqual(2, Fit([few], [1, 2, 3]).Predict([few])[0][0], 1e-6);
    }

    [TestMethod]
    public void ALeaf_KeepsItsSmallestSize()
    {
        // One row of 1,000 stands out: it can only move the 20 rows of its leaf.
        double[] target = new double[Count];
        target[Array.IndexOf(X, X.Max())] = Count;
        double[] predicted = Fit([new Feature(X, false)], target, Options with { Trees = 1, LearningRate = 1 })
            .Predict([new Feature([X.Max()], false)])[0];
        Assert.AreEqual(Count / 20.0, predicted[0], 0.01);
    }

    private static GradientBoosting Fit(Feature[] features, double[] target, BoostingOptions? options = null)
        => new(features, new SquaredError(target), options ?? Options);
}
