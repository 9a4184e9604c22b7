using Diffusion.Evaluation.Tables.Boosting;

namespace Diffusion.Tests.Evaluation.Tables.Boosting;

/// <summary>
/// Predictions of HistGradientBoostingRegressor and HistGradientBoostingClassifier of scikit-learn 1.2.1, with max_iter=20,
/// max_leaf_nodes=8, min_samples_leaf=10 and early_stopping=False, on the same rows.
/// </summary>
[TestClass]
public sealed class ScikitLearnTests
{
    private const int Count = 400, Training = 300, Tested = 8;
    private const double Tolerance = 1e-5;

    private static readonly BoostingOptions Options = new(Trees: 20, LearningRate: 0.1, Leaves: 8, RowsPerLeaf: 10);
    private static readonly double[][] Rows = Draw();
    private static readonly Feature[] Learned = Features(0, Training), Asked = Features(Training, Tested);
    private static readonly double[] Targets = [.. Rows.Take(Training).Select(row => row[3])];

    [TestMethod]
    public void Numbers_ArePredictedAlike()
        => Support.Numbers.AreClose(
            [3.046878, -0.556036, 1.451095, -2.276240, -0.556036, -0.346307, 2.989046, 4.524069],
            new GradientBoosting(Learned, new SquaredError(Targets), Options).Predict(Asked)[0],
            Tolerance);

    [TestMethod]
    public void TwoClasses_ArePredictedAlike()
        => Support.Numbers.AreClose(
            [2.729988, -1.987818, 0.512735, -2.650102, -2.167042, -2.242798, 2.729988, 2.801701],
            new GradientBoosting(Learned, new LogLoss(Array.ConvertAll(Targets, target => target > 1)), Options).Predict(Asked)[0],
            Tolerance);

    [TestMethod]
    public void ThreeClasses_ArePredictedAlike()
    {
        int[] classes = Array.ConvertAll(Targets, target => target < -1 ? 0 : target < 2 ? 1 : 2);
        double[][] scores = new GradientBoosting(Learned, new SoftmaxLoss(classes, 3), Options).Predict(Asked);

        // Only differences of scores count; there, those of the start have the mean 0.
        double mean = new SoftmaxLoss(classes, 3).Start.Average();
        scores = Array.ConvertAll(scores, ofClass => Array.ConvertAll(ofClass, score => score - mean));
        Support.Numbers.AreClose(
            [-2.500792, 0.737005, -2.704558, 2.766729, 0.899569, 0.709459, -2.704538, -2.721395], scores[0], Tolerance);
        Support.Numbers.AreClose(
            [-1.347861, -1.098488, 1.523245, -1.481403, -0.147550, 0.511497, -1.347861, -1.204528], scores[1], Tolerance);
        Support.Numbers.AreClose(
            [1.849756, -2.042071, -2.008781, -2.045462, -2.042071, -2.045462, 2.238592, 2.889589], scores[2], Tolerance);
    }

    /// <summary>Two numbers, a category and a target, some missing, from a linear congruential generator.</summary>
    private static double[][] Draw()
    {
        long state = 1;
        return
        [
            .. Enumerable.Range(0, Count).Select(_ =>
            {
                (double u, double v, double w, double noise) = (Next(), Next(), Next(), Next());
                double category = Math.Floor(6 * w);
                double target = (4 * u * (v < 0.5 ? 1 : -1)) + (category % 2 == 1 ? 2 : 0) + noise;
                return new[] { v < 0.9 ? u : double.NaN, Math.Floor(5 * v), w < 0.9 ? category : double.NaN, target };
            }),
        ];

        double Next()
        {
            state = ((1_103_515_245 * state) + 12_345) % (1L << 31);
            return (double)state / (1L << 31);
        }
    }

    private static Feature[] Features(int first, int count) =>
    [
        .. Enumerable.Range(0, 3).Select(
            column => new Feature([.. Rows.Skip(first).Take(count).Select(row => row[column])], IsCategory: column == 2)),
    ];
}
