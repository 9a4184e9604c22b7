using Diffusion.Denoising;
using Diffusion.Randomness;
using Diffusion.Samples;
using Diffusion.Time;

namespace Diffusion.Tests.Models;

[TestClass]
public sealed class PredictionTargetTests
{
    private static readonly double[] AlphaBars = [1e-6, 0.1, 0.5, 0.9, 1 - 1e-6];

    /// <summary>What a network is trained to give, turned back as a sampler does it, is the noise.</summary>
    [TestMethod]
    [DataRow(PredictionType.Epsilon)]
    [DataRow(PredictionType.VPrediction)]
    [DataRow(PredictionType.Sample)]
    public void APerfectPrediction_TurnedBack_IsTheNoise(PredictionType prediction)
    {
        foreach (double alphaBar in AlphaBars)
        {
            foreach ((double clean, double noise) in new[] { (1.0, 0.0), (0.0, 1.0), (-0.7, 1.3) })
            {
                double x = (ForwardProcess.SignalScale(alphaBar) * clean) + (ForwardProcess.NoiseScale(alphaBar) * noise);
                (double ofClean, double ofNoise) = prediction.Target(alphaBar);
                (double ofX, double ofOutput) = prediction.Noise(alphaBar);
                Assert.AreEqual(noise, (ofX * x) + (ofOutput * ((ofClean * clean) + (ofNoise * noise))), 1e-9);
            }
        }
    }

    [TestMethod]
    public void Targets_AreThoseOfThePapers()
    {
        const double AlphaBar = 0.64;
        Assert.AreEqual((0, 1), PredictionType.Epsilon.Target(AlphaBar));
        Assert.AreEqual((1, 0), PredictionType.Sample.Target(AlphaBar));
        (double ofClean, double ofNoise) = PredictionType.VPrediction.Target(AlphaBar);
        Assert.AreEqual(-0.6, ofClean, 1e-12);
        Assert.AreEqual(0.8, ofNoise, 1e-12);
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
