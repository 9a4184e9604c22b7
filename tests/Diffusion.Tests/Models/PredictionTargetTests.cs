using Diffusion.Denoising;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Models;

[TestClass]
public sealed class PredictionTargetTests
{
    private static readonly NoiseLevel[] Levels = [.. new[] { 0, 1.5, 10, 100, 500, 999 }.Select(NoiseSchedule.Linear().At)];

    /// <summary>What a network is trained to give, turned back as a sampler does it, is the noise.</summary>
    [TestMethod]
    [DataRow(PredictionType.Epsilon)]
    [DataRow(PredictionType.VPrediction)]
    [DataRow(PredictionType.Sample)]
    public void APerfectPrediction_TurnedBack_IsTheNoise(PredictionType prediction)
    {
        foreach (NoiseLevel level in Levels)
        {
            foreach ((double clean, double noise) in new[] { (1.0, 0.0), (0.0, 1.0), (-0.7, 1.3) })
            {
                double x = (level.Signal * clean) + (level.Noise * noise);
                (double ofClean, double ofNoise) = prediction.Target(level);
                (double ofX, double ofOutput) = prediction.Noise(level);
                Assert.AreEqual(noise, (ofX * x) + (ofOutput * ((ofClean * clean) + (ofNoise * noise))), 1e-9);
            }
        }
    }

    [TestMethod]
    public void Targets_AreThoseOfThePapers()
    {
        NoiseLevel level = Levels[3];
        Assert.AreEqual((0, 1), PredictionType.Epsilon.Target(level));
        Assert.AreEqual((1, 0), PredictionType.Sample.Target(level));
        (double ofClean, double ofNoise) = PredictionType.VPrediction.Target(level);
        Assert.AreEqual(-Math.Sqrt(1 - level.AlphaBar), ofClean);
        Assert.AreEqual(Math.Sqrt(level.AlphaBar), ofNoise);
    }

    [TestMethod]
    public void SelectedSamples_KeepTheirConditions()
    {
        float[] values = new float[40];
        new PhiloxNormal(1, RandomDomain.Data).Fill(0, 0, values);
        SampleBatch samples = new(values, SampleShape.Image(1, 2, 2));
        ConditionBatch conditions = new(10) { Labels = Enumerable.Range(0, 10).Select(i => (long)i).ToArray(), Given = values };
        int[] chosen = [7, 0, 7];
        (SampleBatch some, ConditionBatch theirs) = (samples.Select(chosen), conditions.Select(chosen));
        CollectionAssert.AreEqual(new long[] { 7, 0, 7 }, theirs.Labels.ToArray());
        CollectionAssert.AreEqual(some.Values.ToArray(), theirs.Given.ToArray());
        CollectionAssert.AreEqual(values[28..32], some[2].ToArray());
        Assert.AreEqual((3, 3, 0), (some.Count, theirs.Count, theirs.Mask.Length));
    }
}
