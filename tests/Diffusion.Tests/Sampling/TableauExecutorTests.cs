using Diffusion.Sampling;
using Diffusion.Solvers;
using Diffusion.Tests.Support;
using Diffusion.Time;

namespace Diffusion.Tests.Sampling;

[TestClass]
public sealed class TableauExecutorTests
{
    /// <summary>Rows with every kind of coefficient, worked out by hand: base within a step, history over steps, P and Q, noise.</summary>
    [TestMethod]
    public void Rows_MeanWhatTheTableauSays()
    {
        Tableau tableau = new(
        [
            new TableauRow { Level = Level(9), NextLevel = Level(5), P = 2, Q = 3, A = 0.5, C = [7], S = 0.25, EndsStep = false },
            new TableauRow { Level = Level(5), NextLevel = Level(5), A = 11, C = [13, 17] },
            new TableauRow { Level = Level(5), NextLevel = Level(-1), A = 19, C = [23, 29, 31] },
        ]);
        List<double> asked = [];
        TableauExecutor<double> executor = new(
            tableau,
            [1.5, -2],
            (x, level, epsilon) =>
            {
                asked.Add(level.Timestep);
                for (int i = 0; i < x.Length; i++)
                {
                    epsilon[i] = (x[i] * x[i]) + level.Timestep;
                }
            },
            (row, z) => z.Fill(100 + row));

        double[] actual = executor.Run().ToArray();

        CollectionAssert.AreEqual(new double[] { 9, 5, 5 }, asked);
        CollectionAssert.AreEqual(new[] { ByHand(1.5), ByHand(-2) }, actual);

        static NoiseLevel Level(double timestep) => NoiseSchedule.Linear().At(timestep);

        static double ByHand(double x0)
        {
            double d1 = (2 * x0) + (3 * ((x0 * x0) + 9));
            double x1 = (0.5 * x0) + (7 * d1) + (0.25 * 100);
            double d2 = (x1 * x1) + 5;
            double x2 = (11 * x0) + (13 * d2) + (17 * d1);
            double d3 = (x2 * x2) + 5;
            return (19 * x2) + (23 * d3) + (29 * d2) + (31 * d1);
        }
    }

    [TestMethod]
    public void ASecondRun_InTheSameMemory_KnowsNothingOfTheFirst()
    {
        Tableau tableau = new SigmaOde("rk4", ButcherTableau.Classical).Build(NoiseSchedule.Linear(), [999, 500, 10]);
        NoisePrediction<double> predict = ExactPredictors.Gaussian(1, 0.5);
        double[] alone = new TableauExecutor<double>(tableau, [0.7, -1.1], predict, NoNoise).Run().ToArray();
        TableauExecutor<double> executor = new(tableau, capacity: 5, predict, NoNoise);
        executor.Begin(5).Fill(3);
        executor.Run();
        new double[] { 0.7, -1.1 }.CopyTo(executor.Begin(2));
        CollectionAssert.AreEqual(alone, executor.Run().ToArray());

        static void NoNoise(int row, Span<double> z) => throw new InvalidOperationException();
    }
}
