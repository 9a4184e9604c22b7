using Diffusion.Denoising;
using Diffusion.Samples;
using Diffusion.Time;
using Diffusion.Training.Data;

namespace Diffusion.Training.Tests.Training;

/// <summary>What is learned, against what can be known.</summary>
[TestClass]
public sealed class LearningTests
{
    private static readonly NoiseSchedule Schedule = NoiseSchedule.Cosine(200);
    private static readonly TrainingOptions Options = new() { Iterations = 500, Batch = 512, LearningRate = 1e-2, Ema = 0.98, Threads = 1 };

    public static IEnumerable<object[]> Objectives
        => from prediction in Enum.GetValues<PredictionType>()
           from isWeighted in new[] { false, true }
           select new object[] { prediction, isWeighted };

    /// <summary>Of Gaussian data the best prediction and its error are known.</summary>
    [TestMethod]
    [DynamicData(nameof(Objectives))]
    public void GaussianData_AreLearned_ToTheErrorThatCannotBeAvoided(PredictionType prediction, bool isWeighted)
    {
        const double Deviation = 0.3;

        // Several standard errors: of some 25,000 samples, and of the 4,096 that a hold-out without end is measured with.
        const double Tolerance = 0.05;
        const double HoldOutTolerance = 0.12;
        ILevelWeighting weighting = isWeighted ? new MinSnr() : new UniformWeighting();
        DenoiserSignature signature = new(SampleShape.Vector(1)) { Prediction = prediction };
        using TrainingResult result = New(signature, new Objective { Weighting = weighting })
            .Train(new GaussianSource(Deviation), new GaussianSource(Deviation));
        double best = Enumerable.Range(0, Schedule.TrainTimesteps).Select(i => Schedule.At(i))
            .Average(level => weighting.Weight(prediction, level) * Unavoidable(prediction, level, Deviation));
        Assert.AreEqual(best, result.FinalLoss, Tolerance * best);
        Assert.AreEqual(best, result.HoldOutLoss!.Value, HoldOutTolerance * best);
    }

    /// <summary>Where each class is one point, its label says all; without it much is left open.</summary>
    [TestMethod]
    [DataRow(0.0, 0.0, 0.02)]
    [DataRow(1.0, 0.1, 1.0)]
    public void ALabel_SaysWhatTheSampleIs_UnlessItIsDropped(double dropout, double least, double most)
    {
        const int Count = 30;
        DenoiserSignature signature = new(SampleShape.Vector(1))
        {
            Prediction = PredictionType.VPrediction,
            Conditions = new ConditionSignature(ClassCount: 3),
        };
        long[] labels = [.. Enumerable.Range(0, Count).Select(i => (long)(i % 3))];
        FixedSamples points = new(
            new SampleBatch(Array.ConvertAll(labels, label => label - 1f), signature.Shape),
            new ConditionBatch(Count) { Labels = labels },
            signature.Conditions);
        using TrainingResult result = New(signature, new Objective { LabelDropout = dropout }).Train(points);
        Assert.IsTrue(result.FinalLoss >= least && result.FinalLoss <= most, $"{result.FinalLoss}");
    }

    private static Trainer New(DenoiserSignature signature, Objective objective)
        => new(() => new TestNetwork(signature, Schedule)) { Objective = objective, Options = Options };

    /// <summary>The variance of the target given x_t, for x₀ normal with mean 0: what no network can predict.</summary>
    private static double Unavoidable(PredictionType prediction, NoiseLevel level, double deviation)
    {
        (double ofClean, double ofNoise) = prediction.Target(level);
        double variance = deviation * deviation;
        double covariance = (ofClean * level.Signal * variance) + (ofNoise * level.Noise);
        double all = (ofClean * ofClean * variance) + (ofNoise * ofNoise);
        return all - (covariance * covariance / ((level.Signal * level.Signal * variance) + (level.Noise * level.Noise)));
    }
}
