using Diffusion.Denoising;
using Diffusion.Time;

namespace Diffusion.Training.Tests.Training;

[TestClass]
public sealed class ObjectiveTests
{
    private static readonly NoiseLevel[] Levels = [.. new[] { 0, 1.5, 10, 100, 500, 800, 999 }.Select(NoiseSchedule.Linear().At)];
    private static readonly TrainingOptions Options = new();

    /// <summary>The weights in closed form (Hang et al. 2023, §3.4 and its appendix for ε and v).</summary>
    [TestMethod]
    [DataRow(1.0)]
    [DataRow(5.0)]
    public void MinSnr_IsThePapers_ForEachPrediction(double gamma)
    {
        MinSnr weighting = new(gamma);
        foreach (NoiseLevel level in Levels)
        {
            double snr = level.AlphaBar / (1 - level.AlphaBar);
            double least = Math.Min(snr, gamma);
            Is(least, PredictionType.Sample);
            Is(least / snr, PredictionType.Epsilon);
            Is(least / (snr + 1), PredictionType.VPrediction);

            void Is(double expected, PredictionType prediction)
                => Assert.AreEqual(expected, weighting.Weight(prediction, level), 1e-9 * expected);
        }
    }

    [TestMethod]
    public void UniformWeights_AreOne()
        => Assert.IsTrue(Levels.All(level => new UniformWeighting().Weight(PredictionType.Sample, level) == 1));

    [TestMethod]
    public void ValuesOutOfRange_AreRefused_WhereTheyAreSet()
    {
        Action[] wrong =
        [
            () => _ = Options with { Iterations = 0 },
            () => _ = Options with { Batch = 0 },
            () => _ = Options with { Batch = TrainingOptions.LargestBatch + 1 },
            () => _ = Options with { LearningRate = 0 },
            () => _ = Options with { LearningRate = double.NaN },
            () => _ = Options with { LearningRate = double.PositiveInfinity },
            () => _ = Options with { Beta2 = 1 },
            () => _ = Options with { WeightDecay = -1 },
            () => _ = Options with { WeightDecay = double.NaN },
            () => _ = Options with { LargestGradient = 0 },
            () => _ = Options with { LargestGradient = double.NaN },
            () => _ = Options with { Ema = 1 },
            () => _ = Options with { Ema = -0.1 },
            () => _ = Options with { Threads = 0 },
            () => _ = Options with { Patience = 0 },
            () => _ = new Objective { LabelDropout = 1.1 },
            () => _ = new Objective { LabelDropout = double.NaN },
            () => _ = new MinSnr(0),
            () => _ = new MinSnr { Gamma = double.PositiveInfinity },
        ];
        foreach (Action set in wrong)
        {
            Assert.ThrowsExactly<DiffusionException>(set);
        }

        Assert.AreEqual(
            "The batch size must be between 1 and 1048576; was 0.",
            Assert.ThrowsExactly<DiffusionException>(wrong[1]).Message);
    }
}
